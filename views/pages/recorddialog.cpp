// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/recorddialog.h>

#include <pages/label.h>
#include <parts/style.h>

#include <QComboBox>
#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace tenken {

namespace {


Evidence partsOf(const Evidence &evidence)
{
    Evidence parts;
    parts.folder = evidence.folder;
    parts.service = evidence.service;
    parts.manifests = evidence.manifests;
    return parts;
}

bool isOutcome(const TestField &field)
{
    return QLatin1StringView(field.path).startsWith(QLatin1StringView("outcome.")) || field.type == TestField::Type::PassFail;
}

/// Several words to choose from; "" says nothing.
QComboBox *choice(const std::vector<std::pair<QString, QString>> &words, const QString &start)
{
    auto *box = new QComboBox;
    for (const auto &[shown, meant] : words)
        box->addItem(shown, meant);
    box->setCurrentIndex(std::max(0, box->findData(start)));
    return box;
}

} // namespace

RecordDialog::RecordDialog(const Evidence &evidence, const Text &item, const QStringList &kinds, const QString &author,
                           Lang lang, QWidget *parent)
    : QDialog(parent), m_evidence(partsOf(evidence)), m_author(author), m_lang(lang)
{
    setWindowTitle(in({"試験を記録", "Record a test"}));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 16);
    column->setSpacing(12);
    auto *title = new Label(in(item), Type::Title);
    title->setWrapped();
    column->addWidget(title);
    auto *head = new QFormLayout;
    m_kind = new QComboBox;
    for (const QString &kind : kinds)
        m_kind->addItem(in(titleOfTest(kind)), kind);
    m_kind->setAccessibleName(in({"試験の種類", "Kind of test"}));
    head->addRow(in({"試験の種類", "Kind of test"}), m_kind);
    column->addLayout(head);
    m_scroll = new QScrollArea;
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    column->addWidget(m_scroll, 1);
    m_hint = new Label(Type::Caption, Label::Ink::Text2);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setWordWrap(true);
    m_hint->setMinimumHeight(2 * m_hint->fontMetrics().lineSpacing());
    m_hint->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    column->addWidget(m_hint);
    auto *buttons = new QDialogButtonBox;
    m_ok = buttons->addButton(in({"記録する", "Record"}), QDialogButtonBox::AcceptRole);
    setPrimary(m_ok);
    buttons->addButton(in({"やめる", "Cancel"}), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &RecordDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &RecordDialog::reject);
    column->addWidget(buttons);
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] { setKind(m_kind->currentData().toString()); });
    setKind(kinds.isEmpty() ? QString() : kinds.front());
    resize(680, 760);
}

/// What was typed stays where the new kind asks the same.
void RecordDialog::setKind(const QString &kind)
{
    take();
    const QMap<QString, QString> typed = m_draft.answers;
    m_draft = proposedRecord(m_evidence, kind, m_author);
    for (const auto &[path, answer] : typed.asKeyValueRange())
        m_draft.answers.insert(path, answer);
    buildRows();
    check();
}

void RecordDialog::buildRows()
{
    m_rows.clear();
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 12, 0);
    column->setSpacing(8);
    for (const bool outcome : {false, true}) {
        column->addWidget(new Label(in(outcome ? Text{"見たこと", "What was seen"} : Text{"行ったこと", "What was done"}),
                                    Type::CaptionBold, Label::Ink::Text2));
        auto *form = new QFormLayout;
        form->setVerticalSpacing(8);
        form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
        form->setRowWrapPolicy(QFormLayout::WrapLongRows);
        for (const TestField *field : fieldsOf(m_draft.kind)) {
            const bool late = isOutcome(*field) || field->type == TestField::Type::Links || field->type == TestField::Type::Lines;
            if (late == outcome)
                addRow(*form, *field);
        }
        column->addLayout(form);
        column->addSpacing(8);
    }
    column->addStretch(1);
    m_scroll->setWidget(content); // deletes the one before
    // Tab goes through the questions in the order in which they stand.
    QWidget *before = m_kind;
    for (QWidget *editor : content->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly)) {
        if (editor->focusPolicy() == Qt::NoFocus)
            continue;
        setTabOrder(before, editor);
        before = editor;
    }
}

void RecordDialog::addRow(QFormLayout &form, const TestField &field)
{
    Row row{&field, {}};
    QWidget *editor = editorFor(field, row);
    editor->setAccessibleName(in(field.what));
    editor->setObjectName(QString::fromLatin1(field.path));
    form.addRow(in(field.what), editor);
    m_rows.push_back(std::move(row));
}

QWidget *RecordDialog::editorFor(const TestField &field, Row &row)
{
    const QString start = m_draft.answers.value(QString::fromLatin1(field.path));
    switch (field.type) {
    case TestField::Type::Time: {
        const QDateTime typed = QDateTime::fromString(start, Qt::ISODate);
        auto *edit = new QDateTimeEdit(typed.isValid() ? typed.toLocalTime() : QDateTime::currentDateTime());
        edit->setCalendarPopup(true);
        edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm"));
        row.answer = [edit] {
            const QDateTime time = edit->dateTime();
            return time.toOffsetFromUtc(time.offsetFromUtc()).toString(Qt::ISODate);
        };
        connect(edit, &QDateTimeEdit::dateTimeChanged, this, &RecordDialog::check);
        return edit;
    }
    case TestField::Type::YesNo:
    case TestField::Type::PassFail: {
        const bool yesNo = field.type == TestField::Type::YesNo;
        QComboBox *box = yesNo ? choice({{QStringLiteral("–"), QString()}, {in({"はい", "Yes"}), QStringLiteral("yes")}, {in({"いいえ", "No"}), QStringLiteral("no")}}, start)
                               : choice({{QStringLiteral("–"), QString()}, {in({"合格", "Pass"}), QStringLiteral("pass")}, {in({"不合格", "Fail"}), QStringLiteral("fail")}}, start);
        row.answer = [box] { return box->currentData().toString(); };
        connect(box, &QComboBox::currentIndexChanged, this, &RecordDialog::check);
        return box;
    }
    case TestField::Type::Lines: {
        auto *edit = new QPlainTextEdit(start);
        edit->setTabChangesFocus(true);
        edit->setFixedHeight(4 * edit->fontMetrics().lineSpacing());
        row.answer = [edit] { return edit->toPlainText(); };
        connect(edit, &QPlainTextEdit::textChanged, this, &RecordDialog::check);
        return edit;
    }
    default:
        break;
    }
    if (const QStringList choices = choicesFor(m_evidence, field); !choices.isEmpty()) {
        std::vector<std::pair<QString, QString>> words{{QStringLiteral("–"), QString()}};
        for (const QString &id : choices)
            words.emplace_back(id, id);
        QComboBox *box = choice(words, start);
        row.answer = [box] { return box->currentData().toString(); };
        connect(box, &QComboBox::currentIndexChanged, this, &RecordDialog::check);
        return box;
    }
    auto *line = new QLineEdit(start);
    line->setPlaceholderText(exampleOf(field, m_lang));
    row.answer = [line] { return line->text(); };
    connect(line, &QLineEdit::textChanged, this, &RecordDialog::check);
    return line;
}

void RecordDialog::take()
{
    for (const Row &row : m_rows)
        m_draft.answers.insert(QString::fromLatin1(row.field->path), row.answer().trimmed());
}

Text RecordDialog::complaint() const
{
    for (const Row &row : m_rows) {
        const Text text = complaintAbout(m_evidence, m_draft.kind, *row.field, m_draft.answers.value(QString::fromLatin1(row.field->path)));
        if (!text.isEmpty())
            return Text{"%1: %2", "%1: %2"}.arg(row.field->what, text);
    }
    return {};
}

Text RecordDialog::hint() const
{
    QStringList ja, en;
    for (const TestField *field : unanswered(m_draft)) {
        ja << field->what.ja;
        en << field->what.en;
    }
    if (ja.isEmpty())
        return {"readiness/tests/ に新しいファイルとして書きます。", "Written as a new file in readiness/tests/."};
    return Text{"書かれていない項目は「注意」になります: %1", "What is left out is a warning: %1"}.arg(
        Text{ja.join(QStringLiteral("、")), en.join(QStringLiteral(", "))});
}

void RecordDialog::check()
{
    take();
    Text wrong = complaint();
    const bool decided = !m_draft.answers.value(QStringLiteral("result")).isEmpty();
    if (wrong.isEmpty() && !decided)
        wrong = {"合格か不合格かを選ぶと記録できます。", "Choose pass or fail to record it."};
    m_ok->setEnabled(wrong.isEmpty());
    m_hint->setInk(wrong.isEmpty() || !decided ? Label::Ink::Text2 : Label::Ink::Fail);
    m_hint->setText(in(wrong.isEmpty() ? hint() : wrong));
}

void RecordDialog::accept()
{
    take();
    const Result<QString> written = writeRecord(m_evidence.folder, m_draft);
    if (!written) {
        m_hint->setInk(Label::Ink::Fail);
        m_hint->setText(written.error().toString(m_lang));
        return;
    }
    m_written = *written;
    QDialog::accept();
}

} // namespace tenken
