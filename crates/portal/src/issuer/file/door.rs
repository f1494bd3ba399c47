//! The two doors to a licence file: a form that answers with it, and the API.

use super::{Ask, Written, grantable, write};
use crate::{
    base::{
        authz,
        error::{Code, Fault},
        web::{Cx, Form, Frame, Here, Json, Params, Problems, Query, Said, render},
    },
    issuer::{Heartbeat, Machine, entitlement_objects, signer},
    licence::{self, Holder, Licence},
    product,
};
use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::{SignedDuration, Timestamp};
use rempart_wire::{DeviceId, LicenceId, LicenceKey};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

const LONGEST: u32 = 365;

/// What is wanted.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[schema(as = LicenceFileRequest)]
pub(in crate::issuer) struct Input {
    /// How many days it is good: 1 to 365.
    pub days: u32,
    /// One device that has a seat of the licence; without it, the file is for every computer.
    #[serde(default)]
    #[schema(value_type = Option<uuid::Uuid>)]
    pub device: Option<DeviceId>,
    /// Lock it with the licence key.
    #[serde(default)]
    pub encrypted: bool,
    /// The licence key, for an encrypted file: the server does not keep it.
    #[serde(default)]
    pub key: Option<String>,
}

/// A licence file.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LicenceFile)]
pub(in crate::issuer) struct View {
    /// Its text, to be kept as it is.
    pub file: String,
    /// The name it may be kept under.
    pub name: String,
    /// Id of the key it is signed with; see `/.well-known/rempart/issuer-keys`.
    pub issuer_key: String,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub issued_at: Timestamp,
    /// Until when it is good.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub expires_at: Option<Timestamp>,
}

/// A device as the machine of a file.
fn machine(holder: &Holder) -> Machine {
    let text = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    Machine {
        id: holder.id.0,
        fingerprint: holder.fingerprint.clone(),
        name: text(&holder.name),
        hostname: text(&holder.hostname),
        platform: text(&holder.os),
        cores: None,
        created_at: holder.enrolled_at,
        seen_at: holder.seen_at,
        heartbeat: Heartbeat::default(),
        metadata: json!({}),
    }
}

/// `rempart-RB-2027-4839-2074.lic`, `rempart-RB-2027-4839-2074-atelier.lic`.
fn name(licence: &Licence, holder: Option<&Holder>) -> String {
    let device = holder.map(|holder| {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
        let name: String = holder.name.chars().take(40).map(plain).collect();
        format!("-{}", name.to_lowercase())
    });
    format!("rempart-{}{}.lic", licence.number, device.unwrap_or_default())
}

pub(in crate::issuer) async fn run(cx: &Cx, id: LicenceId, input: Input) -> Result<View, Fault> {
    let caller = cx.caller()?;
    if !(1..=LONGEST).contains(&input.days) {
        return Err(Fault::new(Code::FileDaysOutOfRange).at("days"));
    }
    let key: Option<LicenceKey> = match (&input.key, input.encrypted) {
        (Some(key), true) if !key.trim().is_empty() => Some(licence::read_key(key)?),
        (_, true) => return Err(Fault::new(Code::FileNeedsKey).at("key")),
        (_, false) => None,
    };
    let (signer, secrets) = (signer(&cx.app).await?, cx.app.secrets.clone());
    let event = cx.event("licence.file").on("licence", id);
    cx.app
        .db
        .write(move |mut tx| {
            let found = licence::managed(&mut tx, caller, id)?;
            grantable(&found, tx.now())?;
            if let Some(key) = &key {
                let of = licence::by_key(&mut tx, &secrets, key)?.map(|licence| licence.id);
                if of != Some(id) {
                    return Err(Fault::new(Code::KeyOfAnother).at("key"));
                }
            }
            let holder = match input.device {
                None => None,
                Some(device) => {
                    let holder = licence::holders(&mut tx, id)?
                        .into_iter()
                        .find(|one| one.id == device);
                    Some(holder.ok_or(Fault::new(Code::DeviceWithoutSeat).at("device"))?)
                }
            };
            let machine = holder.as_ref().map(machine);
            let product = product::find(&mut tx, &found.product)?;
            let allowed = product.map(|product| product.entitlements).unwrap_or_default();
            let ask = Ask {
                licence: &found,
                machine: machine.as_ref(),
                included: entitlement_objects(&allowed, &found),
                ttl: SignedDuration::from_hours(24 * i64::from(input.days)),
                lock: key.as_ref(),
            };
            let Written { text, period } = write(&signer, &ask, tx.now(), tx.chance());
            let view = View {
                file: text,
                name: name(&found, holder.as_ref()),
                issuer_key: signer.id().as_str().to_owned(),
                issued_at: period.issued,
                expires_at: period.expiry,
            };
            let event = event.with(json!({
                "number": found.number,
                "device": input.device,
                "encrypted": input.encrypted,
                "days": input.days,
                "key": view.issuer_key,
            }));
            let event = match found.workspace {
                Some(workspace) => event.in_workspace(workspace),
                None => event,
            };
            Ok(tx.commit(event, view)?)
        })
        .await
}

/// Take a licence out as a file that proves it where there is no network. It cannot be called back before it ends.
#[utoipa::path(post, path = "/api/v1/licences/{licence}/file", request_body = Input,
    params(("licence" = uuid::Uuid, Path)),
    responses((status = 200, description = "The file.", body = View), Problems))]
pub(in crate::issuer) async fn api(
    cx: Cx,
    Params(licence): Params<LicenceId>,
    Json(input): Json<Input>,
) -> Result<Json<View>, Fault> {
    Ok(Json(run(&cx, licence, input).await?))
}

/// The form's fields, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::issuer) struct Fields {
    days: String,
    device: String,
    encrypted: String,
    key: String,
}

impl Fields {
    fn input(&self) -> Result<Input, Fault> {
        let days = self.days.trim().parse();
        let device = Some(self.device.as_str()).filter(|device| !device.is_empty());
        Ok(Input {
            days: days.map_err(|_| Fault::new(Code::FileDaysOutOfRange).at("days"))?,
            device: device
                .map(|device| {
                    device
                        .parse()
                        .map_err(|_| Fault::new(Code::DeviceWithoutSeat).at("device"))
                })
                .transpose()?,
            encrypted: !self.encrypted.is_empty(),
            key: Some(self.key.clone()),
        })
    }
}

#[derive(Template)]
#[template(path = "issuer/file/form.html")]
struct Page {
    frame: Frame,
    licence: LicenceId,
    title: String,
    number: String,
    workspace: Option<(rempart_wire::WorkspaceId, String)>,
    /// Why there can be no file at all.
    none: Option<String>,
    holders: Vec<Holder>,
    has_key: bool,
    fields: Fields,
    said: Said,
}

impl Page {
    fn chosen(&self, holder: &Holder) -> bool {
        holder.id.to_string() == self.fields.device
    }
}

async fn show(cx: &Cx, id: LicenceId, fields: Fields, fault: Option<&Fault>) -> Result<Response, Fault> {
    let caller = cx.caller()?;
    let (found, holders, nav) = cx
        .app
        .db
        .read(move |r| {
            let found = licence::managed(r, caller, id)?;
            let nav = match found.workspace {
                // Its owner may have left the workspace it is in.
                Some(workspace) => authz::nav(r, caller, workspace).ok(),
                None => None,
            };
            let holders = licence::holders(r, id)?;
            Ok::<_, Fault>((found, holders, nav))
        })
        .await?;
    let none = grantable(&found, cx.app.clock.now()).err();
    let page = Page {
        workspace: nav.as_ref().map(|nav| (nav.id, nav.name.clone())),
        frame: match nav {
            Some(nav) => Frame::within(cx, nav, Here::Settings),
            None => Frame::new(cx, Here::Licences),
        },
        licence: id,
        title: found.product_name.clone(),
        has_key: found.key_end.is_some(),
        number: found.number,
        none: none.map(|fault| crate::base::web::sentence(&fault, cx.lang)),
        holders,
        fields,
        said: fault
            .map(|fault| Said::from_fault(fault, cx.lang))
            .unwrap_or_default(),
    };
    let status = fault.map_or(StatusCode::OK, |fault| fault.code.status());
    Ok((status, render(&page)?).into_response())
}

/// What stands after the `?`.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::issuer) struct Asked {
    #[serde(default)]
    device: String,
}

pub(in crate::issuer) async fn form(
    cx: Cx,
    Params(licence): Params<LicenceId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let fields = Fields {
        days: "30".to_owned(),
        device: asked.device,
        ..Fields::default()
    };
    show(&cx, licence, fields, None).await
}

pub(in crate::issuer) async fn page(
    cx: Cx,
    Params(licence): Params<LicenceId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let made = match fields.input() {
        Ok(input) => run(&cx, licence, input).await,
        Err(fault) => Err(fault),
    };
    match made {
        Ok(made) => {
            let disposition = format!("attachment; filename=\"{}\"", made.name);
            let headers = [
                (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
                (header::CONTENT_DISPOSITION, disposition),
            ];
            Ok((headers, made.file).into_response())
        }
        Err(fault) if fault.target.is_some() => show(&cx, licence, fields, Some(&fault)).await,
        // Why there is none is said by the form itself.
        Err(fault)
            if matches!(
                fault.code,
                Code::LicenceUnusable | Code::LicenceExpired | Code::LicenceNotAttached
            ) =>
        {
            show(&cx, licence, fields, Some(&fault)).await
        }
        Err(fault) => Err(fault),
    }
}
