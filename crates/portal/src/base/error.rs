//! The one table of error codes, and the error every verb returns.
//!
//! Always true: a code, once published, keeps its meaning; every code has a sentence in each language under
//! `error-<code with dashes>` in the language files. What the log needs besides goes into [`Fault::detail`] and is
//! never shown.

mod fault;

pub use fault::Fault;

use axum::http::StatusCode;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $status:ident;)*) => {
        /// A stable error code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code { $($(#[$doc])* $name),* }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// As it stands in answers.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// The HTTP status it is answered with.
            #[must_use]
            pub const fn status(self) -> StatusCode {
                match self { $(Self::$name => StatusCode::$status),* }
            }
        }
    };
}

codes! {
    /// Something broke on our side; the log has the rest.
    Internal = "internal", INTERNAL_SERVER_ERROR;
    /// The database cannot be used now.
    Unavailable = "unavailable", SERVICE_UNAVAILABLE;
    /// Nothing there, or nothing you may see.
    NotFound = "not_found", NOT_FOUND;
    /// This address exists, but not for this method.
    MethodNotAllowed = "method_not_allowed", METHOD_NOT_ALLOWED;
    /// Nobody is signed in.
    SignInRequired = "sign_in_required", UNAUTHORIZED;
    /// Your role does not allow it.
    Forbidden = "forbidden", FORBIDDEN;
    /// A form was sent from another site.
    CrossOrigin = "cross_origin", FORBIDDEN;
    /// The body is not what it says it is.
    MalformedBody = "malformed_body", BAD_REQUEST;
    /// The body has no content type we read.
    UnsupportedMediaType = "unsupported_media_type", UNSUPPORTED_MEDIA_TYPE;
    /// The body is larger than is ever needed.
    BodyTooLarge = "body_too_large", PAYLOAD_TOO_LARGE;
    /// It took too long.
    TimedOut = "timed_out", GATEWAY_TIMEOUT;
    /// A field is missing or of the wrong type.
    InvalidField = "invalid_field", UNPROCESSABLE_ENTITY;
    /// Too many tries; `retry_after` says how long to wait.
    TooManyAttempts = "too_many_attempts", TOO_MANY_REQUESTS;
    /// Not an e-mail address.
    EmailInvalid = "email_invalid", UNPROCESSABLE_ENTITY;
    /// The address already has an account.
    EmailTaken = "email_taken", CONFLICT;
    /// Address or password does not match.
    CredentialsInvalid = "credentials_invalid", UNAUTHORIZED;
    /// The account's address is not confirmed yet.
    EmailUnconfirmed = "email_unconfirmed", FORBIDDEN;
    /// The password would be guessed too soon.
    PasswordWeak = "password_weak", UNPROCESSABLE_ENTITY;
    /// The present password does not match.
    PasswordWrong = "password_wrong", UNPROCESSABLE_ENTITY;
    /// The link was used, has expired or never existed.
    LinkInvalid = "link_invalid", GONE;
    /// A person's name is empty or too long.
    PersonNameInvalid = "person_name_invalid", UNPROCESSABLE_ENTITY;
    /// Not a language we speak.
    LanguageUnknown = "language_unknown", UNPROCESSABLE_ENTITY;
    /// The account is closed; for seven days its password opens it again.
    AccountClosed = "account_closed", FORBIDDEN;
    /// The account is not closed.
    AccountOpen = "account_open", CONFLICT;
    /// The account owns workspaces; `facts` names them.
    AccountOwnsWorkspaces = "account_owns_workspaces", CONFLICT;
    /// The server would have no operator.
    OperatorLast = "operator_last", CONFLICT;
    /// A workspace's name is too short or too long.
    WorkspaceNameLength = "workspace_name_length", UNPROCESSABLE_ENTITY;
    /// A workspace's name has a character that is not allowed.
    WorkspaceNameCharacter = "workspace_name_character", UNPROCESSABLE_ENTITY;
    /// A workspace's name is already used.
    WorkspaceNameTaken = "workspace_name_taken", CONFLICT;
    /// Not one of the three modes.
    ModeUnknown = "mode_unknown", UNPROCESSABLE_ENTITY;
    /// The name typed to confirm is not the workspace's.
    ConfirmationMismatch = "confirmation_mismatch", UNPROCESSABLE_ENTITY;
    /// The workspace is deleted; it can be brought back for seven days.
    WorkspaceDeleted = "workspace_deleted", CONFLICT;

    /// A licence key does not have 25 symbols.
    KeyLength = "key_length", UNPROCESSABLE_ENTITY;
    /// A licence key has a symbol that no key contains.
    KeySymbol = "key_symbol", UNPROCESSABLE_ENTITY;
    /// A group of the key does not check.
    KeyGroup = "key_group", UNPROCESSABLE_ENTITY;
    /// The key checks, but no such licence was issued.
    KeyUnknown = "key_unknown", NOT_FOUND;
    /// The key belongs to somebody else.
    KeyTaken = "key_taken", CONFLICT;
    /// The key was to be redeemed before a date now past.
    KeyLapsed = "key_lapsed", CONFLICT;
    /// The licence is attached to another workspace; say so again to move it.
    LicenceInUse = "licence_in_use", CONFLICT;
    /// The workspace already has a licence.
    WorkspaceHasLicence = "workspace_has_licence", CONFLICT;
    /// The workspace has no licence yet.
    WorkspaceWithoutLicence = "workspace_without_licence", CONFLICT;
    /// The licence is revoked or suspended.
    LicenceUnusable = "licence_unusable", CONFLICT;
    /// The licence expired and so did its grace period.
    LicenceExpired = "licence_expired", CONFLICT;
    /// The licence has fewer seats than the workspace has devices.
    LicenceTooSmall = "licence_too_small", CONFLICT;
    /// The workspace had its trial.
    TrialUsed = "trial_used", CONFLICT;
    /// A trial is not detached from its workspace.
    TrialBound = "trial_bound", CONFLICT;
    /// No product has this code.
    ProductUnknown = "product_unknown", UNPROCESSABLE_ENTITY;
    /// A product's code is 2 to 32 letters, digits and dashes.
    ProductCodeInvalid = "product_code_invalid", UNPROCESSABLE_ENTITY;
    /// Another product has this code.
    ProductCodeTaken = "product_code_taken", CONFLICT;
    /// A product's name is empty or too long.
    ProductNameInvalid = "product_name_invalid", UNPROCESSABLE_ENTITY;
    /// The product is no longer sold.
    ProductWithdrawn = "product_withdrawn", CONFLICT;
    /// An entitlement's code or name does not fit, or is there twice.
    EntitlementInvalid = "entitlement_invalid", UNPROCESSABLE_ENTITY;
    /// A product's fewest and most seats do not go together.
    SeatLimitsInvalid = "seat_limits_invalid", UNPROCESSABLE_ENTITY;
    /// A product's shortest and longest terms do not go together.
    TermLimitsInvalid = "term_limits_invalid", UNPROCESSABLE_ENTITY;
    /// A heartbeat lasts a minute to a week.
    HeartbeatInvalid = "heartbeat_invalid", UNPROCESSABLE_ENTITY;
    /// The product is not sold with so many seats.
    SeatsNotSold = "seats_not_sold", UNPROCESSABLE_ENTITY;
    /// The product is not sold for so many months.
    MonthsNotSold = "months_not_sold", UNPROCESSABLE_ENTITY;
    /// Not the code of a currency.
    CurrencyUnknown = "currency_unknown", UNPROCESSABLE_ENTITY;
    /// The product has no price in this currency; `facts` has those it has.
    CurrencyMismatch = "currency_mismatch", UNPROCESSABLE_ENTITY;
    /// The product has no price for this term; `facts` has those it has.
    TermUnknown = "term_unknown", UNPROCESSABLE_ENTITY;
    /// The product has no price at that moment, or none for so few seats.
    PriceMissing = "price_missing", CONFLICT;
    /// An amount is none, or out of bounds.
    PriceAmountInvalid = "price_amount_invalid", UNPROCESSABLE_ENTITY;
    /// A price would begin or end in the past, or end before it begins.
    PricePeriodInvalid = "price_period_invalid", UNPROCESSABLE_ENTITY;
    /// The price ended before that already.
    PriceClosed = "price_closed", CONFLICT;
    /// A batch has 1 to 10,000 licences.
    CountOutOfRange = "count_out_of_range", UNPROCESSABLE_ENTITY;
    /// Licences issued together belong to nobody yet.
    BatchOwned = "batch_owned", UNPROCESSABLE_ENTITY;
    /// The batch is still being written.
    BatchUnfinished = "batch_unfinished", CONFLICT;
    /// The keys of the batch are erased.
    BatchKeysGone = "batch_keys_gone", GONE;
    /// The moment before which a key must be typed is past.
    RedeemByPast = "redeem_by_past", UNPROCESSABLE_ENTITY;
    /// The key is in the file twice, or known to this server already.
    KeyDuplicate = "key_duplicate", CONFLICT;
    /// Not a table of comma-separated values.
    CsvMalformed = "csv_malformed", UNPROCESSABLE_ENTITY;
    /// A column is missing or unknown.
    CsvColumn = "csv_column", UNPROCESSABLE_ENTITY;
    /// A cell is not what its column holds.
    CsvCell = "csv_cell", UNPROCESSABLE_ENTITY;
    /// No licence has this number, key or id.
    LicenceUnknown = "licence_unknown", NOT_FOUND;
    /// A decision about a licence has a reason of 1 to 500 characters.
    ReasonInvalid = "reason_invalid", UNPROCESSABLE_ENTITY;
    /// The licence is so already.
    LicenceStateSame = "licence_state_same", CONFLICT;
    /// The licence is revoked, for good.
    RevokedForGood = "revoked_for_good", CONFLICT;
    /// The licence is attached to a workspace; say so again to revoke it.
    RevocationUnconfirmed = "revocation_unconfirmed", CONFLICT;
    /// Neither a subscription nor a one-off licence.
    LicenceKindUnknown = "licence_kind_unknown", UNPROCESSABLE_ENTITY;
    /// A licence has 1 to 1,000,000 seats.
    SeatsOutOfRange = "seats_out_of_range", UNPROCESSABLE_ENTITY;
    /// A licence's period is 1 to 120 months.
    MonthsOutOfRange = "months_out_of_range", UNPROCESSABLE_ENTITY;
    /// Not one of the changes, or not one of its ways.
    ChangeUnknown = "change_unknown", UNPROCESSABLE_ENTITY;
    /// It is so already.
    NothingChanges = "nothing_changes", CONFLICT;
    /// Fewer seats than devices that hold one; `facts` says how many.
    SeatsBelowUse = "seats_below_use", CONFLICT;
    /// Only from the renewal on.
    OnlyAtRenewal = "only_at_renewal", CONFLICT;
    /// The period is over: it must be extended first.
    PeriodOver = "period_over", CONFLICT;
    /// A trial is bought by extending it, before anything else of it can change.
    TrialFirst = "trial_first", CONFLICT;
    /// The licence was paid in another currency, which it keeps.
    CurrencyKept = "currency_kept", UNPROCESSABLE_ENTITY;
    /// An amount no account could hold.
    AmountTooLarge = "amount_too_large", UNPROCESSABLE_ENTITY;
    /// The preview is older than 15 minutes.
    PreviewOver = "preview_over", GONE;
    /// The licence was changed since the preview.
    PreviewStale = "preview_stale", CONFLICT;
    /// Another order of the licence waits to be paid; `facts` names it.
    OrderOpen = "order_open", CONFLICT;
    /// The order does not wait any more, or was not paid.
    OrderOver = "order_over", CONFLICT;
    /// The order is not paid by hand.
    OrderNotManual = "order_not_manual", CONFLICT;
    /// Not one of the states of an order.
    OrderStateUnknown = "order_state_unknown", UNPROCESSABLE_ENTITY;
    /// The note has more than 200 characters.
    OrderNoteTooLong = "order_note_too_long", UNPROCESSABLE_ENTITY;
    /// The payment is of another amount than the order.
    PaymentDiffers = "payment_differs", CONFLICT;
    /// More than is left of the payment.
    RefundTooLarge = "refund_too_large", UNPROCESSABLE_ENTITY;
    /// Whom an invoice is to: at most eight lines, 500 characters.
    BillToTooLong = "bill_to_too_long", UNPROCESSABLE_ENTITY;
    /// The reseller's name or contact is too long.
    ResellerTooLong = "reseller_too_long", UNPROCESSABLE_ENTITY;
    /// No account has this address.
    AccountUnknown = "account_unknown", UNPROCESSABLE_ENTITY;

    // Licence files and machines.
    /// The licence is attached to no workspace.
    LicenceNotAttached = "licence_not_attached", CONFLICT;
    /// A licence file is good for 1 to 365 days.
    FileDaysOutOfRange = "file_days_out_of_range", UNPROCESSABLE_ENTITY;
    /// An encrypted file needs the licence key, which is not kept.
    FileNeedsKey = "file_needs_key", UNPROCESSABLE_ENTITY;
    /// The key is another licence's.
    KeyOfAnother = "key_of_another", UNPROCESSABLE_ENTITY;
    /// The device has no seat of this licence.
    DeviceWithoutSeat = "device_without_seat", UNPROCESSABLE_ENTITY;
    /// The licence is suspended.
    LicenceSuspended = "licence_suspended", FORBIDDEN;
    /// The licence is revoked.
    LicenceRevoked = "licence_revoked", FORBIDDEN;
    /// No such API key.
    TokenInvalid = "token_invalid", UNAUTHORIZED;
    /// A machine was named without its fingerprint, or with one that is too long.
    FingerprintInvalid = "fingerprint_invalid", UNPROCESSABLE_ENTITY;
    /// The licence has a machine with this fingerprint.
    FingerprintTaken = "fingerprint_taken", UNPROCESSABLE_ENTITY;
    /// A machine's name, host name or platform is too long.
    MachineTextTooLong = "machine_text_too_long", UNPROCESSABLE_ENTITY;
    /// What is checked out is good for an hour to 365 days.
    CheckoutTtlInvalid = "checkout_ttl_invalid", UNPROCESSABLE_ENTITY;
    /// What is checked out is signed with Ed25519, plain or with AES-256-GCM.
    CheckoutAlgorithmInvalid = "checkout_algorithm_invalid", UNPROCESSABLE_ENTITY;
    /// What is checked out cannot carry this.
    CheckoutIncludeInvalid = "checkout_include_invalid", UNPROCESSABLE_ENTITY;
    /// Only who shows the licence key can have an encrypted file.
    CheckoutNeedsKey = "checkout_needs_key", UNPROCESSABLE_ENTITY;

    /// All seats are taken.
    SeatsExhausted = "seats_exhausted", CONFLICT;
    /// None of the devices chosen holds a seat.
    NoSeatToRelease = "no_seat_to_release", UNPROCESSABLE_ENTITY;
    /// The threshold of low seats is no number, or out of bounds.
    LowSeatsOutOfRange = "low_seats_out_of_range", UNPROCESSABLE_ENTITY;
    /// Nobody hands a licence over to themselves.
    TransferToSelf = "transfer_to_self", UNPROCESSABLE_ENTITY;
    /// The licence is offered to somebody already.
    TransferOpen = "transfer_open", CONFLICT;
    /// The licence was offered five times in a day; `retry_after` says how long to wait.
    TransferTooOften = "transfer_too_often", TOO_MANY_REQUESTS;
    /// The offer is over.
    TransferOver = "transfer_over", CONFLICT;
    /// A licence that renews by itself is not handed over.
    LicenceRenews = "licence_renews", CONFLICT;
    /// There is no move that could be undone.
    MoveOver = "move_over", CONFLICT;
    /// The last reminder is always sent.
    ReminderNotMutable = "reminder_not_mutable", UNPROCESSABLE_ENTITY;
    /// No such enrolment token.
    TokenUnknown = "token_unknown", UNAUTHORIZED;
    /// The enrolment token has expired.
    TokenExpired = "token_expired", UNAUTHORIZED;
    /// The enrolment token has enrolled all the devices it may.
    TokenUsedUp = "token_used_up", UNAUTHORIZED;
    /// The enrolment token was revoked.
    TokenRevoked = "token_revoked", UNAUTHORIZED;
    /// The device's credential is unknown or was revoked.
    CredentialRevoked = "credential_revoked", UNAUTHORIZED;
    /// The credential is in use on another machine.
    CredentialDuplicated = "credential_duplicated", CONFLICT;
    /// The device could not prove that it holds its key.
    ProofInvalid = "proof_invalid", UNAUTHORIZED;
    /// A device's name is empty or too long.
    DeviceNameInvalid = "device_name_invalid", UNPROCESSABLE_ENTITY;
    /// A token's limit of devices is no number, or out of bounds.
    DeviceLimitInvalid = "device_limit_invalid", UNPROCESSABLE_ENTITY;
    /// The device is retired.
    DeviceRetired = "device_retired", CONFLICT;
    /// The workspace is managed on its computers; the portal gives no orders.
    ManagedLocally = "managed_locally", CONFLICT;
    /// A scan needs an absolute path.
    ScanPathInvalid = "scan_path_invalid", UNPROCESSABLE_ENTITY;
    /// Nothing was ticked, or there is nothing to tick.
    NothingChosen = "nothing_chosen", UNPROCESSABLE_ENTITY;
    /// The scan is over.
    ScanOver = "scan_over", CONFLICT;
    /// The quarantine item is no longer held.
    ItemNotHeld = "item_not_held", CONFLICT;
    /// The card was refused; nothing was charged.
    CardDeclined = "card_declined", PAYMENT_REQUIRED;
    /// The payment provider cannot be reached now.
    PaymentUnavailable = "payment_unavailable", SERVICE_UNAVAILABLE;
    /// This server takes no cards.
    PaymentNotConfigured = "payment_not_configured", CONFLICT;
    /// No card was given to pay with.
    PaymentMethodMissing = "payment_method_missing", CONFLICT;
    /// The licence cannot renew by itself; `facts.reason` says why.
    AutoRenewalUnavailable = "auto_renewal_unavailable", CONFLICT;
    /// A webhook without the payment provider's signature.
    WebhookSignature = "webhook_signature", UNAUTHORIZED;
}

impl Code {
    /// Key of its sentence in the language files.
    #[must_use]
    pub fn sentence_key(self) -> String {
        format!("error-{}", self.as_str().replace('_', "-"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::lang::Lang;
    use std::collections::HashSet;

    #[test]
    fn every_code_is_one_of_a_kind_and_has_its_sentence_in_both_languages() {
        let mut seen = HashSet::new();
        for code in Code::ALL {
            assert!(seen.insert(code.as_str()), "{} twice", code.as_str());
            for lang in Lang::ALL {
                assert!(
                    lang.knows(&code.sentence_key()),
                    "{} has no {}",
                    lang.as_str(),
                    code.sentence_key()
                );
            }
        }
    }
}
