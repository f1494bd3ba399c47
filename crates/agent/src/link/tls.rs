use super::LinkError;
use rustls::{
    ClientConfig, RootCertStore,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, pem::PemObject},
};
use std::sync::Arc;

/// How to speak TLS: with the authorities this computer trusts, and those of `extra` (PEM) besides.
pub(super) fn config(extra: Option<&str>) -> Result<Arc<ClientConfig>, LinkError> {
    let bad = |error: &dyn std::fmt::Display| LinkError::Authorities(error.to_string());
    let mut trusted = RootCertStore::empty();
    let native = rustls_native_certs::load_native_certs();
    trusted.add_parsable_certificates(native.certs);
    if let Some(pem) = extra {
        let mut any = false;
        for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
            let certificate = certificate.map_err(|error| bad(&error))?;
            trusted.add(certificate).map_err(|error| bad(&error))?;
            any = true;
        }
        if !any {
            return Err(bad(&"no certificate in it"));
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| bad(&error))?
        .with_root_certificates(trusted)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_certificates_is_refused() {
        for pem in [
            "",
            "hello",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        ] {
            assert_eq!(
                config(Some(pem)).unwrap_err().code(),
                "authorities_unusable",
                "{pem}"
            );
        }
        assert!(config(None).is_ok());
    }
}
