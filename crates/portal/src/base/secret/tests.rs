use super::*;
use crate::base::testing::{Scene, scenes};
use proptest::prelude::*;

async fn open(scene: &Scene, folder: &Path) -> Result<Secrets, SecretError> {
    Secrets::open(folder, &scene.app.db, &scene.app.chance).await
}

async fn put(scene: &Scene, name: &'static str, value: [u8; 32]) {
    let unit = scene.app.db.write::<_, DbError, _>(move |mut tx| {
        tx.execute(
            "insert into server_setting (name, value) values ($1, $2)",
            params![name, value],
        )?;
        tx.tidy(Housekeeping::ServerSetting, ())
    });
    unit.await.unwrap();
}

scenes! {
    async fn the_file_is_made_once_for_its_owner_alone_and_nothing_of_it_is_in_the_database(scene: Scene) {
        let path = scene.folder().join(FILE);
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        let before = fs::read_to_string(&path).unwrap();
        let again = open(&scene, scene.folder()).await.unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), before);
        assert_eq!(again.licence_keys(), scene.app.secrets.licence_keys());
        let settings = scene.app.db.read::<_, DbError, _>(|r| r.rows("select name, value from server_setting", &[])).await.unwrap();
        let kept: Vec<Vec<u8>> = settings.iter().map(|row| row.get(1).unwrap()).collect();
        for secret in [*again.0.master, again.licence_keys()] {
            assert!(!kept.contains(&secret.to_vec()));
        }
    }

    async fn another_servers_file_is_refused(scene: Scene) {
        let elsewhere = tempfile::tempdir().unwrap();
        let refused = open(&scene, elsewhere.path()).await;
        assert!(matches!(refused, Err(SecretError::Another(_))), "{refused:?}");
    }

    async fn a_file_others_can_read_or_that_is_damaged_is_refused(scene: Scene) {
        let path = scene.folder().join(FILE);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(open(&scene, scene.folder()).await, Err(SecretError::Open(_))));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        for text in ["", "master 00\n", "other 00\n", "master"] {
            fs::write(&path, text).unwrap();
            let refused = open(&scene, scene.folder()).await;
            assert!(matches!(refused, Err(SecretError::Damaged(_))), "{text:?}: {refused:?}");
        }
    }

    async fn the_secret_an_older_database_held_moves_into_the_file(scene: Scene) {
        put(&scene, OLD_SETTING, [7; 32]).await;
        fs::remove_file(scene.folder().join(FILE)).unwrap();
        let forget = scene.app.db.write::<_, DbError, _>(|mut tx| {
            tx.execute("delete from server_setting where name = $1", params![CHECK_SETTING])?;
            tx.tidy(Housekeeping::ServerSetting, ())
        });
        forget.await.unwrap();
        let secrets = open(&scene, scene.folder()).await.unwrap();
        assert_eq!(secrets.licence_keys(), [7; 32]);
        assert_eq!(scene.number("select count(*) from server_setting where name = 'licence_key_secret'").await, 0);
        assert_eq!(open(&scene, scene.folder()).await.unwrap().licence_keys(), [7; 32]);
    }
}

proptest! {
    #[test]
    fn a_seal_opens_for_the_same_row_and_purpose_and_breaks_with_any_byte(
        plain in proptest::collection::vec(any::<u8>(), 0..200), at: prop::sample::Index, flip in 1u8..
    ) {
        let chance = Chance::seeded(3);
        let secrets = Secrets::drawn(&chance);
        let mut sealed = secrets.seal(&chance, ("one", b"row"), &plain).unwrap();
        prop_assert_eq!(&*secrets.unseal(("one", b"row"), &sealed).unwrap(), &plain);
        prop_assert!(secrets.unseal(("two", b"row"), &sealed).is_err());
        prop_assert!(secrets.unseal(("one", b"other row"), &sealed).is_err());
        prop_assert!(Secrets::drawn(&chance).unseal(("one", b"row"), &sealed).is_err());
        let at = at.index(sealed.len());
        sealed[at] ^= flip;
        prop_assert!(secrets.unseal(("one", b"row"), &sealed).is_err());
        prop_assert!(secrets.unseal(("one", b"row"), &sealed[..at]).is_err());
    }
}
