// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/ambiguousbar.h>

#include <pages/label.h>
#include <review/session.h>

#include <QComboBox>
#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QTimeZone>
#include <QVBoxLayout>

namespace tenken
{

namespace
{

constexpr size_t mostAsked = 3; ///< at a time; the next ones come when these are answered

QDateTimeEdit *timeField(const QString &name, const QDateTime &value)
{
    auto *field = new QDateTimeEdit(value);
    field->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm"));
    field->setAccessibleName(name);
    return field;
}

} // namespace

AmbiguousBar::AmbiguousBar(Session &session, Lang lang, QWidget *parent)
    : QFrame(parent)
    , m_session(session)
    , m_lang(lang)
    , m_rows(new QVBoxLayout(this))
{
    m_rows->setContentsMargins(0, 0, 0, 8);
    m_rows->setSpacing(6);
    setAccessibleName(Text{"どの応答か分からないファイル", "Files that could be one of several answers"}.in(lang));
    hide();
}

void AmbiguousBar::show(const DatadogSnapshot &snapshot)
{
    for (QWidget *row : findChildren<QWidget *>(Qt::FindDirectChildrenOnly))
        delete row;
    m_index = snapshot.indexFolder;
    for (size_t i = 0; i < std::min(snapshot.ambiguous.size(), mostAsked); ++i)
        addRow(snapshot.ambiguous[i]);
    setVisible(!snapshot.ambiguous.empty());
}

void AmbiguousBar::addRow(const AmbiguousFile &file)
{
    auto *row = new QWidget(this);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    auto *words = new Label(Text{"%1 は何の応答ですか。", "Which answer is %1?"}.arg(visible(file.file)).in(m_lang), Type::Body);
    words->setTextFormat(Qt::PlainText);
    line->addWidget(words);
    auto *kind = new QComboBox;
    kind->setAccessibleName(words->text());
    for (const QString &candidate : file.candidates)
        kind->addItem(labelOfKind(candidate).in(m_lang), candidate);
    line->addWidget(kind);
    QLineEdit *query = nullptr;
    QDateTimeEdit *from = nullptr, *to = nullptr;
    if (file.needsQuery) {
        query = new QLineEdit;
        query->setPlaceholderText(QStringLiteral("avg:system.cpu.user{service:…}"));
        query->setAccessibleName(Text{"問い合わせ", "Query"}.in(m_lang));
        const QDateTime now = QDateTime::currentDateTime();
        from = timeField(Text{"期間の始め", "From"}.in(m_lang), now.addDays(-1));
        to = timeField(Text{"期間の終わり", "To"}.in(m_lang), now);
        line->addWidget(query, 1);
        line->addWidget(from);
        line->addWidget(to);
    } else {
        line->addStretch(1);
    }
    auto *button = new QPushButton(Text{"これに決める", "Choose"}.in(m_lang));
    line->addWidget(button);
    if (query) {
        button->setEnabled(false); // without a query the series says nothing
        connect(query, &QLineEdit::textChanged, button, [button](const QString &text) { button->setEnabled(!text.trimmed().isEmpty()); });
        connect(query, &QLineEdit::returnPressed, button, &QPushButton::click);
    }
    connect(button, &QPushButton::clicked, this, [=, this, path = file.file] {
        AnswerChoice choice{path, kind->currentData().toString(), {}, {}, {}};
        if (query) {
            choice.query = query->text().trimmed();
            choice.from = from->dateTime();
            choice.to = to->dateTime();
        }
        remember(choice);
    });
    m_rows->addWidget(row);
}

void AmbiguousBar::remember(const AnswerChoice &choice)
{
    const auto written = chooseAnswer(m_session.folder(), m_index, choice);
    if (!written)
        emit failed(written.error());
    else
        m_session.reload();
}

} // namespace tenken
