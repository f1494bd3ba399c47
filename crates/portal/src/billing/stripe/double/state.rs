use super::{Conduct, reply, shape};
use axum::{
    http::Method,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};

/// A call that is not done.
#[derive(Debug, Clone)]
pub(super) struct Refusal {
    pub status: u16,
    pub code: &'static str,
    pub decline: Option<&'static str>,
    pub message: String,
    pub payment: Option<Value>,
}

impl Refusal {
    pub(super) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            decline: None,
            message: message.into(),
            payment: None,
        }
    }

    pub(super) fn missing(id: &str) -> Self {
        Self::new(404, "resource_missing", format!("No such object: '{id}'"))
    }

    pub(super) fn declined(code: &'static str, decline: Option<&'static str>) -> Self {
        Self {
            decline,
            ..Self::new(402, code, "Your card was declined.")
        }
    }

    /// <https://docs.stripe.com/api/errors>
    fn body(&self) -> Value {
        let kind = if self.status == 402 {
            "card_error"
        } else {
            "invalid_request_error"
        };
        let mut error = json!({ "type": kind, "message": self.message });
        if !self.code.is_empty() {
            error["code"] = self.code.into();
        }
        if let Some(decline) = self.decline {
            error["decline_code"] = decline.into();
        }
        if let Some(payment) = &self.payment {
            error["payment_intent"] = payment.clone();
        }
        json!({ "error": error })
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        reply(self.status, &self.body())
    }
}

/// The parameters of a call; what is not taken is not known.
pub(super) struct Form(pub Vec<(String, String)>);

impl Form {
    pub(super) fn take(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.remove(at).1)
    }

    pub(super) fn need(&mut self, name: &'static str) -> Result<String, Refusal> {
        self.take(name).ok_or_else(|| {
            Refusal::new(
                400,
                "parameter_missing",
                format!("Missing required param: {name}."),
            )
        })
    }

    pub(super) fn number(&mut self, name: &'static str) -> Result<Option<i64>, Refusal> {
        self.take(name)
            .map(|text| {
                text.parse().map_err(|_| {
                    Refusal::new(
                        400,
                        "parameter_invalid_integer",
                        format!("Invalid integer: {name}"),
                    )
                })
            })
            .transpose()
    }

    pub(super) fn metadata(&mut self) -> Value {
        let mut notes = json!({});
        self.0.retain(|(name, value)| {
            let note = name
                .strip_prefix("metadata[")
                .and_then(|name| name.strip_suffix(']'));
            if let Some(note) = note {
                notes[note] = value.as_str().into();
            }
            note.is_none()
        });
        notes
    }

    /// <https://docs.stripe.com/error-codes#parameter-unknown>
    pub(super) fn done(&self) -> Result<(), Refusal> {
        match self.0.first() {
            None => Ok(()),
            Some((name, _)) => Err(Refusal::new(
                400,
                "parameter_unknown",
                format!("Received unknown parameter: {name}"),
            )),
        }
    }
}

/// Everything the double knows. Fields of objects that begin with `_` are its own and never shown.
pub(super) struct State {
    pub now: i64,
    pub objects: BTreeMap<String, Value>,
    /// Ids in the order they were made.
    pub order: Vec<String>,
    pub events: Vec<Value>,
    pub unsent: Vec<Value>,
    pub conduct: HashMap<String, Conduct>,
    pub stumbles: u32,
    pub stumbles_at: String,
    pub stumbles_after: bool,
    done: HashMap<String, (String, u16, Value)>,
    made: u64,
}

impl State {
    pub(super) fn new(now: i64) -> Self {
        Self {
            now,
            objects: BTreeMap::new(),
            order: Vec::new(),
            events: Vec::new(),
            unsent: Vec::new(),
            conduct: HashMap::new(),
            stumbles: 0,
            stumbles_at: String::new(),
            stumbles_after: false,
            done: HashMap::new(),
            made: 0,
        }
    }

    /// Answers a call. A key that was used answers as it did then, a refusal too, and is refused for another call
    /// (<https://docs.stripe.com/api/idempotent_requests>).
    pub(super) fn call(
        &mut self,
        method: &Method,
        path: &str,
        form: Vec<(String, String)>,
        once: Option<String>,
    ) -> Response {
        let stumbles = self.stumbles > 0 && path.ends_with(&self.stumbles_at);
        self.stumbles -= u32::from(stumbles);
        let unavailable = || Refusal::new(503, "", "try again").into_response();
        if stumbles && !self.stumbles_after {
            return unavailable();
        }
        let call = format!("{method} {path} {form:?}");
        if let Some((known, status, body)) = once.as_ref().and_then(|once| self.done.get(once)) {
            if *known != call {
                return Refusal::new(400, "idempotency_error", "this key was used for another call")
                    .into_response();
            }
            let again = reply(*status, body);
            return if stumbles { unavailable() } else { again };
        }
        let (status, body) = match self.act(method, path, Form(form)) {
            Ok(value) => (200, value),
            Err(refusal) => (refusal.status, refusal.body()),
        };
        if let Some(once) = once {
            self.done.insert(once, (call, status, body.clone()));
        }
        if stumbles {
            unavailable()
        } else {
            reply(status, &body)
        }
    }

    pub(super) fn id(&mut self, prefix: &str) -> String {
        self.made += 1;
        format!("{prefix}_double{:05}", self.made)
    }

    pub(super) fn keep(&mut self, object: Value) -> Value {
        let id = object["id"].as_str().unwrap().to_owned();
        if self.objects.insert(id.clone(), object.clone()).is_none() {
            self.order.push(id);
        }
        object
    }

    pub(super) fn get(&self, kind: &str, id: &str) -> Result<Value, Refusal> {
        let object = self.objects.get(id).filter(|object| object["object"] == kind);
        object.cloned().ok_or_else(|| Refusal::missing(id))
    }

    /// <https://docs.stripe.com/api/events/object>
    pub(super) fn happened(&mut self, kind: &str, object: &Value, previous: Option<Value>) {
        let mut data = json!({ "object": shape::public(object) });
        if let Some(previous) = previous {
            data["previous_attributes"] = previous;
        }
        let event = json!({
            "id": self.id("evt"),
            "object": "event",
            "api_version": super::super::client::VERSION,
            "created": self.now,
            "data": data,
            "livemode": false,
            "pending_webhooks": 1,
            "request": { "id": null, "idempotency_key": null },
            "type": kind,
        });
        self.events.push(event.clone());
        self.unsent.push(event);
    }

    /// A list as it is paged, newest first (<https://docs.stripe.com/api/pagination>).
    pub(super) fn page(all: Vec<Value>, form: &mut Form) -> Result<Value, Refusal> {
        let limit = form.number("limit")?.unwrap_or(10);
        if !(1..=100).contains(&limit) {
            return Err(Refusal::new(
                400,
                "parameter_invalid_integer",
                "limit is 1 to 100",
            ));
        }
        let mut rest: Vec<Value> = all.into_iter().rev().collect();
        if let Some(after) = form.take("starting_after") {
            let at = rest.iter().position(|object| object["id"] == after.as_str());
            rest.drain(..=at.ok_or_else(|| Refusal::missing(&after))?);
        }
        form.done()?;
        let limit = usize::try_from(limit).unwrap();
        let more = rest.len() > limit;
        rest.truncate(limit);
        Ok(json!({ "object": "list", "data": rest, "has_more": more, "url": "/v1/double" }))
    }
}
