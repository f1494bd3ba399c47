//! A folder worth scanning: the EICAR test file, one inside a zip, and harmless files around them.
//!
//! EICAR is what every scanner agrees to find and nobody is harmed by. It is put together here, so that no file of this
//! project is one.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use zip::write::SimpleFileOptions;

const EICAR: [&str; 3] = [
    "X5O!P%@AP[4\\PZX54(P^)7CC)7}",
    "$EICAR-STANDARD-ANTIVIRUS",
    "-TEST-FILE!$H+H*",
];

/// Harmless files, by where they lie.
const HARMLESS: &[(&str, &str)] = &[
    (
        "devis/table-chene.txt",
        "Table en chêne massif, 220 × 100 cm. Délai : six semaines.\n",
    ),
    (
        "devis/escalier.txt",
        "Escalier quart tournant, hêtre. Pose comprise.\n",
    ),
    (
        "comptes/2026.csv",
        "mois,recettes,dépenses\njanvier,18200,11950\nfévrier,16740,12310\n",
    ),
    (
        "atelier/relever-les-machines.sh",
        "#!/bin/sh\n# Lists how full the workshop's disks are.\ndf -h\n",
    ),
    (
        "notes.md",
        "# À faire\n\n- rappeler la scierie\n- commander des charnières\n",
    ),
];

/// Makes the folder.
pub(crate) fn make(folder: &Path) -> Result<()> {
    for (path, text) in HARMLESS {
        put(&folder.join(path), text.as_bytes())?;
    }
    let eicar = EICAR.concat();
    put(&folder.join("téléchargements/eicar.com"), eicar.as_bytes())?;
    put(&folder.join("téléchargements/facture.zip"), &zipped(&eicar)?)
}

fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    let name = || path.display().to_string();
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(name)?;
    }
    std::fs::write(path, bytes).with_context(name)
}

fn zipped(eicar: &str) -> Result<Vec<u8>> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [("facture.txt", "Facture 2026-114\n"), ("facture.com", eicar)] {
        writer.start_file(name, SimpleFileOptions::default())?;
        writer.write_all(text.as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_test_file_is_the_one_scanners_know() {
        let eicar = EICAR.concat();
        assert_eq!(eicar.len(), 68);
        assert!(eicar.starts_with("X5O!P%") && eicar.ends_with("H+H*"));
    }

    #[test]
    fn the_folder_holds_two_things_to_find_and_the_rest_is_harmless() {
        let folder = tempfile::tempdir().unwrap();
        make(folder.path()).unwrap();
        let found = folder.path().join("téléchargements");
        assert_eq!(
            std::fs::read_to_string(found.join("eicar.com")).unwrap(),
            EICAR.concat()
        );
        let archive = std::fs::File::open(found.join("facture.zip")).unwrap();
        assert_eq!(zip::ZipArchive::new(archive).unwrap().len(), 2);
    }
}
