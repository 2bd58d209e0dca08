//! Failures that stop the program.

use std::fmt;
use std::path::PathBuf;

/// The program could not work: exit code 2. Never used for a problem in what the user wrote.
#[derive(Debug)]
pub enum Failure {
    /// A file or folder could not be read.
    Read {
        /// The file or folder.
        path: PathBuf,
        /// The error of the system.
        cause: std::io::Error,
    },
    /// A file or folder could not be written.
    Write {
        /// The file or folder.
        path: PathBuf,
        /// The error of the system.
        cause: std::io::Error,
    },
    /// The request cannot be carried out as it was typed.
    Request {
        /// The fault of the request.
        words: String,
        /// Advice to the user.
        hint: String,
    },
    /// A fault of the program itself.
    Internal(String),
}

impl Failure {
    /// A failure to read `path`.
    pub fn read(path: impl Into<PathBuf>, cause: std::io::Error) -> Self {
        Self::Read { path: path.into(), cause }
    }

    /// A failure to write `path`.
    pub fn write(path: impl Into<PathBuf>, cause: std::io::Error) -> Self {
        Self::Write { path: path.into(), cause }
    }

    /// A request that cannot be carried out.
    pub fn request(words: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Request { words: words.into(), hint: hint.into() }
    }

    /// Advice to the user.
    #[must_use]
    pub fn hint(&self) -> String {
        use std::io::ErrorKind;
        match self {
            Self::Read { cause, .. } if cause.kind() == ErrorKind::NotFound => {
                "check the spelling of the path, and the folder you are in".into()
            }
            Self::Read { cause, .. } if cause.kind() == ErrorKind::InvalidData => "save the file as UTF-8 text".into(),
            Self::Read { cause, .. } if cause.kind() == ErrorKind::InvalidInput => {
                "name a file; of a folder, name the files in it".into()
            }
            Self::Read { cause, .. } if cause.kind() == ErrorKind::FileTooLarge => {
                "name the right file; a paper or a library is never so large".into()
            }
            Self::Read { .. } => "check that you may read it".into(),
            Self::Write { cause, .. } if cause.kind() == ErrorKind::StorageFull => {
                "free some disk space and run the command again; what was there before is untouched".into()
            }
            Self::Write { cause, .. } if cause.kind() == ErrorKind::FileTooLarge => {
                "the system allows no file of this size: raise the limit (`ulimit -f`), or write to another disk".into()
            }
            Self::Write { .. } => {
                "choose another folder with `--output`, or change its permissions; what was there before is untouched"
                    .into()
            }
            Self::Request { hint, .. } => hint.clone(),
            Self::Internal(_) => {
                "this is a fault of amparo: please report it with the command you typed and this message".into()
            }
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { path, cause } => write!(f, "cannot read `{}` ({cause})", path.display()),
            Self::Write { path, cause } => write!(f, "cannot write `{}` ({cause})", path.display()),
            Self::Request { words, .. } => f.write_str(words),
            Self::Internal(words) => write!(f, "internal: {words}"),
        }
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read { cause, .. } | Self::Write { cause, .. } => Some(cause),
            Self::Request { .. } | Self::Internal(_) => None,
        }
    }
}
