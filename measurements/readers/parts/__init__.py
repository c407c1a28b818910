"""What several readers are made of: texts, numbers, moments and layouts that formats have in common."""
