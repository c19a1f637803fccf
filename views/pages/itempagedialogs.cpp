// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/itempage.h>

#include <pages/comparedialog.h>
#include <pages/recorddialog.h>
#include <pages/waiverdialog.h>
#include <review/session.h>

#include <QMessageBox>

namespace tenken {

void ItemPage::compare()
{
    if (const ItemStanding *is = standing())
        CompareDialog(rootsOf(m_session.evidence()), is->item->title, is->staleReasons, m_lang, this).exec();
}

bool ItemPage::mayWaive()
{
    const Item *item = m_session.checklist().item(m_itemId);
    if (!item || item->waivable)
        return item != nullptr;
    QMessageBox box(QMessageBox::Information, in({"免除", "Waiver"}),
                    in({"この項目は免除できません。", "This item cannot be waived."}), QMessageBox::Ok, this);
    box.setTextFormat(Qt::PlainText);
    box.setInformativeText(in(item->neverWaived));
    box.exec();
    return false;
}

void ItemPage::editWaiver()
{
    const Item *item = m_session.checklist().item(m_itemId);
    const ItemReview *review = m_session.review().item(m_itemId);
    if (!item || !review || m_session.isReadOnly() || !mayWaive())
        return;
    WaiverDialog dialog(item->title, newWaiver(*review), m_lang, this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    auto waivers = review->waivers;
    waivers.push_back(dialog.waiver());
    auto answer = review->reviewer;
    answer.answer = ReviewAnswer::Waive;
    answer.by = m_session.author();
    answer.at = QDateTime::currentDateTime();
    m_session.undoStack()->beginMacro(in({"免除", "Waive"}));
    m_session.setWaivers(m_itemId, waivers);
    m_session.setReviewAnswer(m_itemId, answer);
    m_session.undoStack()->endMacro();
}

Waiver ItemPage::newWaiver(const ItemReview &review) const
{
    Waiver start;
    start.requester = review.team.by;
    start.approver = review.team.by == m_session.author() ? QString() : m_session.author();
    return start;
}

void ItemPage::ignoreFinding()
{
    const Finding *finding = currentFinding();
    if (!finding || finding->waived || finding->verdict == Verdict::Pass
        || finding->verdict == Verdict::NotApplicable)
        return;
    Waiver target;
    target.rule = finding->rule;
    target.object = finding->object;
    target.container = finding->container;
    target.finding = in(finding->title);
    waivePart(target);
}

void ItemPage::waivePart(const Waiver &target)
{
    const Item *item = m_session.checklist().item(m_itemId);
    const ItemReview *review = m_session.review().item(m_itemId);
    if (!item || !review || m_session.isReadOnly() || !mayWaive())
        return;
    Waiver start = target;
    const Waiver people = newWaiver(*review);
    start.requester = people.requester;
    start.approver = people.approver;
    WaiverDialog dialog(item->title, start, m_lang, this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    auto waivers = m_session.review().item(m_itemId)->waivers;
    waivers.push_back(dialog.waiver());
    m_session.setWaivers(m_itemId, waivers);
}

void ItemPage::addAction()
{
    const ItemReview *review = m_session.review().item(m_itemId);
    if (!review || m_session.isReadOnly())
        return;
    Action start;
    start.owner = review->team.by;
    if (const Finding *finding = currentFinding(); finding && finding->verdict != Verdict::Pass)
        start.text = in(finding->remedy);
    ActionDialog dialog(start, m_lang, this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    auto actions = review->actions;
    actions.push_back(dialog.action());
    m_session.setActions(m_itemId, actions);
}

void ItemPage::recordTest()
{
    const Item *item = m_session.checklist().item(m_itemId);
    const QStringList kinds = item ? recordKindsOf(*item) : QStringList();
    if (kinds.isEmpty())
        return;
    RecordDialog dialog(m_session.evidence(), item->title, kinds, m_session.author(), m_lang, this);
    if (dialog.exec() == QDialog::Accepted)
        m_session.reload();
}

} // namespace tenken
