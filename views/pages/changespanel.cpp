// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/changespanel.h>

#include <history/timeline.h>
#include <pages/changebutton.h>
#include <pages/label.h>
#include <pages/overviewparts.h>

#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace tenken {

namespace {

constexpr size_t mostLines = 3; ///< of one cause

} // namespace

ChangesPanel::ChangesPanel(Lang lang) : m_lang(lang)
{
    auto *link = new QToolButton;
    link->setText(in({"並べて比べる", "Compare side by side"}));
    link->setToolTip(in({"履歴 (Ctrl+6)", "History (Ctrl+6)"}));
    link->setAutoRaise(true);
    connect(link, &QToolButton::clicked, this, &ChangesPanel::historyRequested);
    addToHeader(link);
}

ChangesPanel *ChangesPanel::of(const ReviewHistory &history, const PastReview &present,
                               const JudgedAt &judgedAt, Lang lang)
{
    if (const HistoryEntry *last = latestDocument(history, present.judgedAt)) {
        auto *panel = new ChangesPanel(lang);
        panel->showChanges(*last->review, present, {"文書", "document"});
        return panel;
    }
    const auto revision =
        std::ranges::find(history.entries, HistoryEntry::Kind::Revision, &HistoryEntry::kind);
    if (revision == history.entries.end())
        return nullptr;
    auto *panel = new ChangesPanel(lang);
    panel->showRevision(*revision, judgedAt(revision->commit), present);
    return panel;
}

void ChangesPanel::addWords(const Text &words)
{
    auto *label = new Label(visible(maskSecrets(in(words))), Type::Body, Label::Ink::Text2);
    label->setTextFormat(Qt::PlainText);
    label->setWrapped();
    body()->addWidget(label);
}

void ChangesPanel::showRevision(const HistoryEntry &revision, const std::optional<Result<PastReview>> &judged,
                                const PastReview &present)
{
    if (judged && *judged)
        return showChanges(**judged, present, Text{"コミット %1", "commit %1"}.arg(revision.commit.left(7)));
    setTitle(in({"前回から変わったこと", "Changed since last time"}));
    if (!judged)
        return addWords({"最後のコミットを、その時のファイルで判定しています…", "Judging the last commit by its own files…"});
    addWords(Text{"最後の改訂は %1、%2: 「%3」(%4 項目の答え)。",
                  "The last revision is of %1 by %2: “%3” (answers to %4 items)."}
                 .arg(revision.at.date().toString(Qt::ISODate), revision.author, revision.subject,
                      int(revision.items.size())));
}

void ChangesPanel::showChanges(const PastReview &before, const PastReview &present, const Text &since)
{
    const Changes changes = changesBetween(before, present);
    const Text decision = before.decision ? label(*before.decision) : Text{"–", "–"};
    setTitle(in({"前回から変わったこと", "Changed since last time"}),
             in(Text{"%1 の%2 (%3) から · 変化 %4 項目 / %5", "since the %2 of %1 (%3) · %4 of %5 items"}.arg(
                 dateInWords(before.judgedAt.date(), m_lang), since, decision, int(changes.items.size()),
                 int(present.items.size()))));
    auto *row = new QHBoxLayout;
    row->setSpacing(16);
    for (const ChangeCause cause : {ChangeCause::Service, ChangeCause::Evidence, ChangeCause::Checklist,
                                    ChangeCause::Program, ChangeCause::Opinion}) {
        const auto list = changes.because(cause);
        if (list.empty())
            continue;
        if (row->count() > 0)
            row->addWidget(new VerticalLine);
        row->addWidget(column(cause, list), 1);
    }
    if (row->count() == 0)
        row->addWidget(new Label(in({"どの項目も前回のままです。", "Every item stands as it did."}),
                                 Type::Body, Label::Ink::Text2));
    body()->addLayout(row);
}

QWidget *ChangesPanel::column(ChangeCause cause, const std::vector<const ItemChange *> &changes)
{
    auto *box = new QWidget;
    auto *lines = new QVBoxLayout(box);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(2);
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(new Label(in(label(cause)), Type::BodyBold));
    head->addWidget(
        new Label(in(Text{"%1 項目", changes.size() == 1 ? "%1 item" : "%1 items"}.arg(changes.size())),
                  Type::Caption, Label::Ink::Text2),
        1);
    lines->addLayout(head);
    for (size_t i = 0; i < std::min(mostLines, changes.size()); ++i) {
        auto *button = new ChangeButton(*changes[i], m_lang);
        connect(button, &QAbstractButton::clicked, this,
                [this, id = changes[i]->id] { emit itemRequested(id); });
        lines->addWidget(button);
    }
    if (changes.size() > mostLines)
        lines->addWidget(new Label(in(Text{"ほか %1 項目", "%1 more"}.arg(changes.size() - mostLines)),
                                   Type::Caption, Label::Ink::Text2));
    lines->addStretch(1);
    return box;
}

} // namespace tenken
