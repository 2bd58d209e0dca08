//! Reading one file. A link is followed; anything that is not a file is refused, with the same message everywhere.

use std::fs::File;
use std::io::{Error, ErrorKind, Read as _};
use std::path::Path;

use super::look::{Looked, instead_of};
use crate::diag::Failure;
use crate::disk::{Digest, Hasher};

/// The largest file named by the user that is read whole, in bytes. A book has one or two million.
const MOST_BYTES: u64 = 256 << 20;

/// The part of a file that is in memory while its digest is computed, in bytes.
const PIECE: usize = 64 << 10;

/// The size of a file in bytes.
///
/// # Errors
/// The path cannot be looked at, or is not a file.
pub fn size(path: &Path) -> Result<u64, Failure> {
    let found = std::fs::metadata(path).map_err(|cause| Failure::read(path, cause))?;
    match instead_of(path, Looked::File(0)) {
        None => Ok(found.len()),
        Some(what) => Err(refused(path, ErrorKind::InvalidInput, &format!("it is {what}, not a file"))),
    }
}

/// The bytes of a file.
///
/// # Errors
/// The file cannot be read, or the path is not a file.
pub fn file(path: &Path) -> Result<Vec<u8>, Failure> {
    size(path)?;
    std::fs::read(path).map_err(|cause| Failure::read(path, cause))
}

/// The bytes of a file that the user named.
///
/// # Errors
/// The file cannot be read, is larger than the limit, or the path is not a file.
pub fn limited(path: &Path) -> Result<Vec<u8>, Failure> {
    let size = size(path)?;
    if size > MOST_BYTES {
        let words = format!("it has {} MiB; at most {} MiB are read", size >> 20, MOST_BYTES >> 20);
        return Err(refused(path, ErrorKind::FileTooLarge, &words));
    }
    file(path)
}

/// The text of a file.
///
/// # Errors
/// The file cannot be read or is not UTF-8 text, or the path is not a file.
pub fn text(path: &Path) -> Result<String, Failure> {
    String::from_utf8(file(path)?).map_err(|_| refused(path, ErrorKind::InvalidData, "it is not UTF-8 text"))
}

/// The digest of a file. The file is read piece by piece, because an original may be large.
///
/// # Errors
/// The file cannot be read, or the path is not a file.
pub fn digest(path: &Path) -> Result<Digest, Failure> {
    let mut file = open(path)?;
    let mut hasher = Hasher::default();
    let mut piece = vec![0; PIECE];
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(hasher.finish()),
            Ok(length) => hasher.add(&piece[..length]),
            Err(cause) => return Err(Failure::read(path, cause)),
        }
    }
}

/// The result of reading a file or folder that may be absent; `None` if it is absent.
///
/// # Errors
/// The file or folder exists and cannot be read.
pub fn if_any<T>(read: Result<T, Failure>) -> Result<Option<T>, Failure> {
    match read {
        Err(Failure::Read { cause, .. }) if cause.kind() == ErrorKind::NotFound => Ok(None),
        read => read.map(Some),
    }
}

fn open(path: &Path) -> Result<File, Failure> {
    size(path)?;
    File::open(path).map_err(|cause| Failure::read(path, cause))
}

fn refused(path: &Path, kind: ErrorKind, words: &str) -> Failure {
    Failure::read(path, Error::new(kind, words.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_file_is_read() {
        let dir = tempfile::tempdir().expect("a folder");
        let (here, gone) = (dir.path().join("a"), dir.path().join("gone"));
        std::fs::write(&here, "abc").expect("written");
        assert_eq!(digest(&here).expect("read"), Digest::of(b"abc"));
        assert_eq!(if_any(text(&here)).expect("read").as_deref(), Some("abc"));
        let read = |path: &Path| {
            let whole = [if_any(file(path)).map(drop), if_any(limited(path)).map(drop), if_any(text(path)).map(drop)];
            whole.into_iter().chain([if_any(digest(path)).map(drop)])
        };
        assert!(read(&gone).all(|read| read.is_ok()));
        for told in read(dir.path()) {
            let told = told.expect_err("a folder").to_string();
            assert!(told.ends_with("(it is a folder, not a file)"), "{told}");
        }
    }
}
