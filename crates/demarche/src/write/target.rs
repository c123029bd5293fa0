//! Where the bytes go: standard output, or a file that appears whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Stdout, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// An open target. A file dropped before [`Output::finish`] leaves nothing behind and the file of that name untouched.
pub(super) enum Output {
    Stdout(BufWriter<Stdout>),
    /// Written under another name in the same folder and renamed at the end.
    File {
        temporary: Box<BufWriter<NamedTempFile>>,
        path: PathBuf,
    },
    /// A pipe or device: there is nothing to rename.
    Direct(BufWriter<File>),
}

impl Output {
    pub(super) fn stdout() -> Self {
        Output::Stdout(BufWriter::with_capacity(1 << 16, io::stdout()))
    }

    pub(super) fn file(path: &Path) -> io::Result<Self> {
        // A link stays a link: what it points to is replaced.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if let Ok(metadata) = fs::metadata(&path) {
            if metadata.is_dir() {
                return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
            }
            if !metadata.is_file() {
                let file = fs::OpenOptions::new().write(true).open(&path)?;
                return Ok(Output::Direct(BufWriter::with_capacity(1 << 16, file)));
            }
        }
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let mut builder = tempfile::Builder::new();
        builder.prefix(".demarche-").suffix(".tmp");
        #[cfg(unix)]
        {
            // Others may read the result as they may any new file; the mask of the process applies.
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let temporary = builder.tempfile_in(folder)?;
        Ok(Output::File { temporary: Box::new(BufWriter::with_capacity(1 << 16, temporary)), path })
    }

    /// Writes out what is held and gives the file its name.
    pub(super) fn finish(self) -> io::Result<()> {
        match self {
            Output::Stdout(mut out) => out.flush(),
            Output::Direct(mut out) => out.flush(),
            Output::File { temporary, path } => {
                let temporary = temporary.into_inner().map_err(|cause| cause.into_error())?;
                temporary.persist(&path).map_err(|cause| cause.error)?;
                Ok(())
            }
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Output::Stdout(out) => out.write(bytes),
            Output::File { temporary, .. } => temporary.write(bytes),
            Output::Direct(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Output::Stdout(out) => out.flush(),
            Output::File { temporary, .. } => temporary.flush(),
            Output::Direct(out) => out.flush(),
        }
    }
}
