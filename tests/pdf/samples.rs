//! Two whole papers, as an advocate would send them. Everybody in them is invented.

use amparo::document::{BlockKind, Class, Document, Inline};

use super::build::{at, blank, document, fields, heading, inlines, line, list, note, paragraph, quotation, table};

/// A Russian letter of one page: rules for the sender, three numbered asks, four notes.
pub fn letter() -> Document {
    let mut out = document("letter", ("ru", "RU"), "Обращение о положении Анны Линд");
    out.parts.sender = vec![blank("Имя", None), blank("Адрес", None), blank("Город, страна", Some("Таллин, Эстония"))];
    out.parts.recipient = vec![
        line("Генеральному прокурору"),
        line("Генеральная прокуратура"),
        line("ул. Большая Дмитровка, д. 15а"),
        line("125993 Москва"),
        line("РОССИЙСКАЯ ФЕДЕРАЦИЯ"),
    ];
    out.parts.date = Some(line("20 октября 2031 г."));
    out.parts.subject = Some("О праве Анны Линд на конфиденциальные свидания с защитником".into());
    out.parts.signature = vec![line("С уважением,"), blank("Подпись", None), blank("Имя печатными буквами", None)];
    out.parts.footer = vec!["По состоянию на 20 октября 2031 г.".into(), "Использовать до 1 декабря 2031 г.".into()];
    out.blocks = vec![
        paragraph("Уважаемый господин Генеральный прокурор!"),
        paragraph(
            "Обращаюсь к Вам в связи с положением журналистки Анны Линд, которая содержится в следственном изоляторе \
             г. Симферополя. По сообщению издания «Вестник», 4 марта 2031 г. суд приговорил её к шести годам лишения \
             свободы.^1^ В сентябре апелляционная инстанция оставила приговор без изменения.^2^",
        ),
        paragraph(
            "По словам её защитника, 2 октября 2031 г. администрация учреждения отказала ему в свидании с \
             подзащитной, не указав причин.^3^ Qırımtatar и oʻzbek: слова других языков остаются собой.",
        ),
        paragraph("В пределах Ваших полномочий прошу Вас:"),
        list(
            Some(1),
            &[
                "распорядиться, чтобы Анне Линд незамедлительно и впредь предоставлялись свидания с защитником \
                 наедине;^3^",
                "проверить законность отказа от 2 октября 2031 г. и сообщить о результатах проверки;^4^",
                "принять меры, чтобы ей была оказана необходимая медицинская помощь.^2^",
            ],
        ),
        paragraph("Прошу сообщить о принятых мерах по адресу, указанному выше."),
    ];
    out.notes = vec![
        note(1, "Вестник, 5 марта 2031 г., абз. 5: ", Some(("en", "GB", "Journalist sentenced to six years"))),
        note(2, "Вестник, 30 сентября 2031 г., абз. 2.", None),
        note(3, "Заявление защитника, 3 октября 2031 г., абз. 1–3.", None),
        note(4, "Международный пакт о гражданских и политических правах, ст. 14, п. 3 b).", None),
    ];
    out
}

/// An English appeal of two pages: box, lists, fields, table, quotation, notes, links, numbered paragraphs.
pub fn appeal() -> Document {
    let mut out = document("appeal", ("en", "GB"), "Journalist denied her lawyer");
    out.parts.letterhead = vec![line("URGENT APPEAL")];
    out.parts.date = Some(line("20 October 2031"));
    out.parts.footer = vec!["As known on 20 October 2031".into(), "Use until 1 December 2031".into()];
    out.blocks = appeal_front();
    out.blocks.extend(appeal_back());
    out.notes = vec![
        note(1, "Herald, ‘Journalist sentenced to six years’, 5 March 2031, para 5.", None),
        note(
            2,
            "Statement of the defence lawyer, 3 October 2031, paras 1–3: ",
            Some(("ru", "RU", "Заявление защитника")),
        ),
        note(3, "International Covenant on Civil and Political Rights, art 14(3)(b).", None),
        note(4, "Herald, 30 September 2031, para 2.", None),
    ];
    out
}

fn appeal_front() -> Vec<amparo::document::Block> {
    vec![
        paragraph(
            "On 2 October 2031 the administration of a remand prison turned away the lawyer of **Anna Lind**, a \
             journalist serving six years.^1^ No reason was given.^2^ She has not been able to speak to counsel in \
             private since her appeal was rejected.",
        ),
        heading(1, "Take action", &[Class::Box]),
        paragraph("Write to the Prosecutor General before 1 December 2031. Ask him to:"),
        list(
            Some(1),
            &[
                "order that Anna Lind be allowed to meet her lawyer in private and without delay;^3^",
                "review the refusal of 2 October 2031 and make the result public;",
                "ensure that she receives the medical care she needs.^4^",
            ],
        ),
        heading(1, "Background", &[]),
        paragraph(
            "Anna Lind reported on local government for the Herald. She was arrested at her home in the autumn of \
             2030; the sources do not say on what warrant. The District Court sentenced her on 4 March 2031.^1^",
        ),
        quotation("she was sentenced to six years after a trial that lasted two days"),
        paragraph("The appeal court left the sentence unchanged. Its reasons have not been published."),
        heading(2, "What is known of her health", &[]),
        list(None, &["her family fears that she is losing her eyesight;", "the prison has not answered two requests;"]),
    ]
}

fn appeal_back() -> Vec<amparo::document::Block> {
    vec![
        heading(1, "Details of the case", &[]),
        fields(&[
            ("Name", "Anna Lind"),
            ("Held since", "autumn of 2030"),
            ("Place", "remand prison; the sources do not say in which wing"),
            ("Warrant", "not stated in the sources"),
        ]),
        heading(1, "Chronology", &[]),
        table(&[
            &["Date", "Event", "Source"],
            &["4 March 2031", "The District Court sentences her to six years in prison.^1^", "Herald"],
            &["September 2031", "The appeal court leaves the sentence unchanged.", "Herald"],
            &["2 October 2031", "Her lawyer is turned away.^2^", "Statement of the defence lawyer"],
        ]),
        heading(1, "Legal framework", &[Class::Numbered]),
        paragraph("Everyone charged with a criminal offence may communicate with counsel of their own choosing.^3^"),
        paragraph("That right does not end with the judgment of the first court:"),
        list(None, &["an appeal is part of the proceedings;", "private talks are part of the defence."]),
        paragraph("A refusal without reasons cannot be reviewed and is arbitrary for that reason alone."),
        at(
            40,
            BlockKind::Paragraph(vec![
                Inline::Text("What to ask for stands under ".into()),
                Inline::Link { target: "take".into(), content: inlines("Take action") },
                Inline::Text(".".into()),
                Inline::LineBreak,
                Inline::Emphasis(inlines("Please do not write to the family.")),
            ]),
        ),
    ]
}
