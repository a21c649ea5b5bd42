"""From a township's own file to `Facts`: guard, reader, recognition, staging. Nothing here writes anything."""
