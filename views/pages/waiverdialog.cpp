// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/waiverdialog.h>

#include <pages/label.h>
#include <parts/style.h>

#include <QDateEdit>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace tenken {

namespace {

QDateEdit *dateField(const QDate &start, const QString &name)
{
    auto *field = new QDateEdit(start);
    field->setCalendarPopup(true);
    field->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    field->setAccessibleName(name);
    return field;
}

QLineEdit *addLine(QFormLayout &form, const Text &name, const QString &start, const Text &example, Lang lang)
{
    auto *field = new QLineEdit(start);
    field->setPlaceholderText(example.in(lang));
    field->setAccessibleName(name.in(lang));
    form.addRow(name.in(lang), field);
    return field;
}

QDialogButtonBox *buttons(QDialog &dialog, const Text &okText, Lang lang, QPushButton *&ok)
{
    auto *box = new QDialogButtonBox;
    ok = box->addButton(okText.in(lang), QDialogButtonBox::AcceptRole);
    setPrimary(ok);
    box->addButton(Text{"やめる", "Cancel"}.in(lang), QDialogButtonBox::RejectRole);
    QObject::connect(box, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    QObject::connect(box, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    return box;
}

} // namespace

WaiverDialog::WaiverDialog(const Text &item, const Waiver &start, Lang lang, QWidget *parent)
    : QDialog(parent), m_lang(lang), m_start(start)
{
    setWindowTitle(Text{"免除", "Waiver"}.in(lang));
    setMinimumWidth(560);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 16);
    column->setSpacing(16);
    auto *title = new Label(item.in(lang), Type::Title);
    title->setWrapped();
    column->addWidget(title);
    if (const Text target = targetOf(start); !target.isEmpty()) {
        auto *about = new Label(target.in(lang), Type::Body);
        about->setTextFormat(Qt::PlainText);
        about->setWrapped();
        column->addWidget(about);
    }
    auto *form = new QFormLayout;
    form->setVerticalSpacing(8);
    m_reason = addLine(*form, {"理由", "Reason"}, start.reason, {"なぜ今は満たせないか", "Why it cannot be met now"}, lang);
    m_control = addLine(*form, {"代替策", "Compensating control"}, start.control,
                        {"その間、何で守るか", "What protects production meanwhile"}, lang);
    m_requester = addLine(*form, {"申請", "Requested by"}, start.requester, {}, lang);
    m_approver = addLine(*form, {"承認", "Approved by"}, start.approver, {"申請者とは別の人", "Another person than the requester"}, lang);
    const QString until = Text{"期限", "Expires"}.in(lang);
    m_expires = dateField(start.expires.isValid() ? start.expires : QDate::currentDate().addDays(14), until);
    m_expires->setMinimumDate(QDate::currentDate());
    form->addRow(until, m_expires);
    m_link = addLine(*form, {"リンク", "Link"}, start.link, {"チケットの URL", "URL of a ticket"}, lang);
    column->addLayout(form);
    m_hint = new Label(Type::Caption, Label::Ink::Text2);
    m_hint->setWordWrap(true);
    column->addWidget(m_hint);
    column->addWidget(buttons(*this, {"免除する", "Waive"}, lang, m_ok));
    for (QLineEdit *field : {m_reason, m_control, m_requester, m_approver})
        connect(field, &QLineEdit::textChanged, this, &WaiverDialog::check);
    check();
}

Waiver WaiverDialog::waiver() const
{
    Waiver waiver = m_start;
    waiver.reason = m_reason->text().trimmed();
    waiver.requester = m_requester->text().trimmed();
    waiver.approver = m_approver->text().trimmed();
    waiver.control = m_control->text().trimmed();
    waiver.expires = m_expires->date();
    waiver.link = m_link->text().trimmed();
    return waiver;
}

void WaiverDialog::check()
{
    const Waiver w = waiver();
    m_ok->setEnabled(w.isComplete());
    const bool whole = w.scope() == Waiver::Scope::Item;
    Text hint{"不合格のまま記録し、期限まで NO-GO から外します。", "The verdict stays; until then it does not block."};
    if (!whole)
        hint = {"見えるまま残し、期限まで項目の判定に数えません。", "It stays visible; until then it does not count in the item's verdict."};
    if (!w.requester.isEmpty() && w.requester == w.approver)
        hint = {"承認は申請者とは別の人がします。", "Someone other than the requester approves."};
    else if (!w.isComplete() && !whole)
        hint = {"理由、申請、承認、期限がそろうと免除できます。", "Reason, requester, approver and expiry are all needed."};
    else if (!w.isComplete())
        hint = {"理由、代替策、申請、承認、期限がそろうと免除できます。", "Reason, control, requester, approver and expiry are all needed."};
    m_hint->setText(hint.in(m_lang));
}

ActionDialog::ActionDialog(const Action &start, Lang lang, QWidget *parent) : QDialog(parent), m_done(start.done)
{
    setWindowTitle(Text{"アクション", "Action"}.in(lang));
    setMinimumWidth(520);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 16);
    column->setSpacing(16);
    auto *form = new QFormLayout;
    m_text = addLine(*form, {"すること", "What to do"}, start.text, {}, lang);
    m_owner = addLine(*form, {"担当", "Owner"}, start.owner, {}, lang);
    const QString due = Text{"期日", "Due"}.in(lang);
    m_due = dateField(start.due.isValid() ? start.due : QDate::currentDate().addDays(7), due);
    form->addRow(due, m_due);
    m_link = addLine(*form, {"リンク", "Link"}, start.link, {"チケットの URL", "URL of a ticket"}, lang);
    column->addLayout(form);
    QPushButton *ok = nullptr;
    column->addWidget(buttons(*this, {"保存", "Save"}, lang, ok));
    const auto check = [this, ok] { ok->setEnabled(!m_text->text().trimmed().isEmpty()); };
    connect(m_text, &QLineEdit::textChanged, this, check);
    check();
}

Action ActionDialog::action() const
{
    return {.text = m_text->text().trimmed(), .owner = m_owner->text().trimmed(), .link = m_link->text().trimmed(),
            .due = m_due->date(), .done = m_done};
}

} // namespace tenken
