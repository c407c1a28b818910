"""What workers do for files once an hour: forget uploads that stopped, read again what an older reader read."""

from labbook.models import Lab
from measurements.services.rereading import reread_outdated
from measurements.services.uploading import sweep_uploads


def keep_files() -> None:
    """Sweep uploads nobody continued, and ask for outdated files of every lab to be read again."""
    sweep_uploads()
    for lab in Lab.objects.order_by("pk"):
        reread_outdated(lab)
