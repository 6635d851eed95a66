//! The tables of texts, instruments and commitments.

diesel::table! {
    dossier (id) {
        id -> Text,
        edition_id -> Text,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    deed (dossier_id, number) {
        dossier_id -> Text,
        number -> Integer,
        person_id -> Nullable<Text>,
        doc -> Text,
    }
}

diesel::table! {
    amendment (id) {
        id -> Text,
        dossier_id -> Text,
        delegation_id -> Text,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    glossary (id) {
        id -> Text,
        series_id -> Nullable<Text>,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    memory (id) {
        id -> Text,
        series_id -> Nullable<Text>,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    correction (id) {
        id -> Text,
        dossier_id -> Text,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    sitting (id) {
        id -> Text,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    statement (id) {
        id -> Text,
        dossier_id -> Text,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    stance (statement_id, delegation_id) {
        statement_id -> Text,
        delegation_id -> Text,
        said -> Text,
    }
}

diesel::table! {
    instrument (id) {
        id -> Text,
        edition_id -> Text,
        a_id -> Nullable<Text>,
        b_id -> Nullable<Text>,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    paper (id) {
        id -> Text,
        instrument_id -> Text,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    paper_part (paper_id, number) {
        paper_id -> Text,
        number -> Integer,
        data -> Text,
    }
}

diesel::table! {
    commitment (id) {
        id -> Text,
        edition_id -> Text,
        dossier_id -> Text,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    text_import (id) {
        id -> Text,
        dossier_id -> Text,
        person_id -> Text,
        at -> BigInt,
        version -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    text_import_row (import_id, number) {
        import_id -> Text,
        number -> Integer,
        kind -> Text,
        apart -> Integer,
        doc -> Text,
    }
}

diesel::table! {
    support_group (id) {
        id -> Text,
        edition_id -> Text,
        version -> Integer,
        doc -> Text,
    }
}
