"""Whether the errors that methods tell are true: data with known numbers, made many times and analysed."""
