use super::{Item, QuarantineError, Store, seal::Opener};
use jiff::Timestamp;
use rempart_os::{Attribute, Extent, Kind, Meta, Moment, owner_name};
use rempart_wire::{QuarantineId, QuarantineReport, WirePath};
use serde::{Deserialize, Serialize};
use std::{fs::File, os::unix::ffi::OsStrExt, path::PathBuf};

/// What is kept of a file besides its bytes: all that a restore needs, and who it was for recovery.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) item: QuarantineId,
    path: WirePath,
    rules: Vec<String>,
    pub(super) sha256: String,
    pub(super) size: u64,
    taken_at: Timestamp,
    device: u64,
    inode: u64,
    mode: u32,
    uid: u32,
    gid: u32,
    accessed: (i64, u32),
    modified: (i64, u32),
    /// Names and values in hexadecimal: both are bytes.
    attributes: Vec<(String, String)>,
    /// Start and length of what is stored; between them are holes.
    extents: Vec<(u64, u64)>,
}

impl Kept {
    pub(super) fn new(
        item: QuarantineId,
        path: WirePath,
        rules: Vec<String>,
        meta: &Meta,
        taken_at: Timestamp,
    ) -> Self {
        Self {
            item,
            path,
            rules,
            sha256: String::new(),
            size: meta.size,
            taken_at,
            device: meta.device,
            inode: meta.inode,
            mode: meta.mode,
            uid: meta.uid,
            gid: meta.gid,
            accessed: (meta.accessed.seconds, meta.accessed.nanoseconds),
            modified: (meta.modified.seconds, meta.modified.nanoseconds),
            attributes: Vec::new(),
            extents: Vec::new(),
        }
    }

    pub(super) fn set_attributes(&mut self, attributes: &[Attribute]) {
        let coded = |attribute: &Attribute| {
            (
                hex::encode(attribute.name.as_bytes()),
                hex::encode(&attribute.value),
            )
        };
        self.attributes = attributes.iter().map(coded).collect();
    }

    pub(super) fn attributes(&self) -> Option<Vec<(Vec<u8>, Vec<u8>)>> {
        let decoded =
            |(name, value): &(String, String)| Some((hex::decode(name).ok()?, hex::decode(value).ok()?));
        self.attributes.iter().map(decoded).collect()
    }

    pub(super) fn set_extents(&mut self, extents: &[Extent]) {
        self.extents = extents
            .iter()
            .map(|extent| (extent.start, extent.length))
            .collect();
    }

    pub(super) fn extents(&self) -> &[(u64, u64)] {
        &self.extents
    }

    pub(super) fn path(&self) -> Option<PathBuf> {
        self.path.to_path()
    }

    /// The file as it was when it was taken.
    pub(super) fn meta(&self) -> Meta {
        let moment = |(seconds, nanoseconds)| Moment { seconds, nanoseconds };
        Meta {
            device: self.device,
            inode: self.inode,
            kind: Kind::File,
            mode: self.mode,
            uid: self.uid,
            gid: self.gid,
            size: self.size,
            links: 1,
            accessed: moment(self.accessed),
            modified: moment(self.modified),
        }
    }

    pub(super) fn into_item(self) -> Item {
        Item {
            taken_at: self.taken_at,
            report: QuarantineReport {
                item: self.item,
                path: self.path,
                rules: self.rules,
                sha256: self.sha256,
                size: self.size,
                owner: owner_name(self.uid),
            },
        }
    }
}

impl Store {
    /// The description in an item's file, whatever stage it is in.
    pub(super) fn kept(&self, item: QuarantineId, file: &File) -> Result<Kept, QuarantineError> {
        let path = self.folder.path().join(item.to_string());
        let text = Opener::new(self, file, &path, item)?.description()?;
        serde_json::from_slice(&text).map_err(|_| QuarantineError::Damaged(path))
    }
}
