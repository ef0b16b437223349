"""Static files under names that change with their content, so that browsers may keep them for ever."""

from pathlib import Path

from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedStaticFiles(CompressedManifestStaticFilesStorage):
    """Give a file the name that `collectstatic` made for it, and its plain name when it has made none yet."""

    manifest_strict = False

    def hashed_name(self, name, content=None, filename=None):
        """Return the name with the content's hash; a file that was not collected keeps its name, and no page fails."""
        try:
            return super().hashed_name(name, content, filename)
        except ValueError:
            return name

    def compress_files(self, paths):
        """Compress what pages link to and what is new: a hashed name's content never changes, so once is enough."""
        linked = set(paths) & set(self.hashed_files.values())
        return super().compress_files(name for name in linked if not Path(self.path(f"{name}.br")).exists())
