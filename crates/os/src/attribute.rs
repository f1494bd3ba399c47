use rustix::{fs, io::Errno};
use std::{
    ffi::{CString, OsStr, OsString},
    fs::File,
    io,
    os::unix::ffi::{OsStrExt, OsStringExt},
};

/// An extended attribute: access lists, capabilities, labels, where a download came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// With its name space: `user.xdg.origin.url`.
    pub name: OsString,
    /// Its bytes.
    pub value: Vec<u8>,
}

/// All extended attributes of an open file that this process may read, sorted by name; none where the file system has none.
///
/// # Errors
/// When they exist and cannot be read.
pub fn attributes(file: &File) -> io::Result<Vec<Attribute>> {
    let names = growing(
        |buffer| fs::flistxattr(file, buffer),
        || fs::flistxattr_query(file),
    )?;
    let mut attributes = Vec::new();
    for name in names.split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
        let c_name = CString::new(name)?;
        let value = growing(
            |buffer| fs::fgetxattr(file, &c_name, buffer),
            || fs::fgetxattr_query(file, &c_name),
        );
        match value {
            Ok(value) => attributes.push(Attribute {
                name: OsString::from_vec(name.to_vec()),
                value,
            }),
            // Removed since it was listed, or not for this process to read.
            Err(Errno::NODATA) => {}
            Err(error) => return Err(error.into()),
        }
    }
    attributes.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(attributes)
}

/// Gives an open file an attribute, unless it has it already.
///
/// # Errors
/// When this process may not, or the file system has none.
pub fn set_attribute(file: &File, name: &OsStr, value: &[u8]) -> io::Result<()> {
    let c_name = CString::new(name.as_bytes())?;
    let present = growing(
        |buffer| fs::fgetxattr(file, &c_name, buffer),
        || fs::fgetxattr_query(file, &c_name),
    );
    if present.is_ok_and(|present| present == value) {
        return Ok(());
    }
    Ok(fs::fsetxattr(file, &c_name, value, fs::XattrFlags::empty())?)
}

/// Takes an attribute away.
///
/// # Errors
/// When it has none of that name, or this process may not.
pub fn remove_attribute(file: &File, name: &OsStr) -> io::Result<()> {
    Ok(fs::fremovexattr(file, CString::new(name.as_bytes())?)?)
}

/// Asks for the size, then for the bytes, again when they have grown in between.
fn growing(
    read: impl Fn(&mut [u8]) -> Result<usize, Errno>,
    size: impl Fn() -> Result<usize, Errno>,
) -> Result<Vec<u8>, Errno> {
    loop {
        let mut buffer = match size() {
            Ok(0) | Err(Errno::NOTSUP) => return Ok(Vec::new()),
            Ok(size) => vec![0; size],
            Err(error) => return Err(error),
        };
        match read(&mut buffer) {
            Ok(length) => {
                buffer.truncate(length);
                return Ok(buffer);
            }
            Err(Errno::RANGE) => {}
            Err(error) => return Err(error),
        }
    }
}
