// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <window/movedialog.h>

#include <pages/label.h>
#include <parts/style.h>

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace tenken {

namespace {

QTreeWidgetItem *groupOf(QTreeWidget &tree, ItemMove::Kind kind, const std::vector<ItemMove> &moves,
                         Lang lang)
{
    const auto count = std::ranges::count(moves, kind, &ItemMove::kind);
    if (count == 0)
        return nullptr;
    auto *group = new QTreeWidgetItem(&tree, {Text{"%1 %2 件", "%1: %2"}.arg(label(kind), count).in(lang)});
    group->setFirstColumnSpanned(true);
    QFont font = tree.font();
    font.setBold(true);
    group->setFont(0, font);
    for (const ItemMove &move : moves) {
        if (move.kind == kind)
            new QTreeWidgetItem(group, {move.title.in(lang), move.item, move.why.in(lang)});
    }
    return group;
}

} // namespace

MoveDialog::MoveDialog(const Review &review, const Checklist &checklist, Lang lang, QWidget *parent)
    : QDialog(parent)
{
    const auto in = [lang](const Text &text) { return text.in(lang); };
    setWindowTitle(in({"チェックリストの版を移す", "Move to another checklist version"}));
    resize(860, 600);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 16, 24, 16);
    column->setSpacing(12);
    const bool other = isOfOtherVersion(review, checklist);
    auto *about = new Label(
        in(other
               ? Text{"回答は %1 %2 へのものです。%3 %4 へ移すと、問いが同じ項目の回答はそのまま残り、変わった項目は要再確認になります。",
                      "The answers are to %1 %2. Moved to %3 %4, answers to unchanged questions stay; the others are to be looked at again."}
                     .arg(review.checklistId, review.checklistVersion, checklist.id, checklist.version)
               : Text{"回答は、今のチェックリスト %1 %2 へのものです。",
                      "The answers are to this checklist already: %1 %2."}
                     .arg(checklist.id, checklist.version)),
        Type::Body);
    about->setTextFormat(Qt::PlainText);
    about->setWrapped();
    column->addWidget(about);
    auto *tree = new QTreeWidget;
    tree->setHeaderLabels({in({"項目", "Item"}), QStringLiteral("id"), in({"理由", "Why"})});
    tree->setAccessibleName(in({"項目ごとの変化", "Item by item"}));
    tree->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    const auto moves = movesOf(review, checklist);
    for (const auto kind :
         {ItemMove::Kind::Reopened, ItemMove::Kind::Gone, ItemMove::Kind::New, ItemMove::Kind::Kept}) {
        if (auto *group = groupOf(*tree, kind, moves, lang))
            group->setExpanded(kind != ItemMove::Kind::Kept);
    }
    column->addWidget(tree, 1);
    auto *buttons = new QDialogButtonBox;
    if (other)
        setPrimary(buttons->addButton(in({"移す", "Move"}), QDialogButtonBox::AcceptRole));
    buttons->addButton(other ? in({"やめる", "Cancel"}) : in({"閉じる", "Close"}), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

} // namespace tenken
