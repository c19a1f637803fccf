// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/remarkbar.h>

#include <pages/label.h>
#include <parts/icons.h>

#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>

#include <algorithm>

namespace tenken {

namespace {

QPushButton *buttonFor(Remark::Kind kind, const std::vector<const Remark *> &list, Lang lang,
                       const std::function<void(const QString &)> &openItem)
{
    auto *button = new QPushButton;
    const bool lacking = std::ranges::any_of(list, &Remark::lacking);
    const Text count = lacking && kind == Remark::Kind::Override
        ? Text{"%1 %2 件(理由なしあり)", "%1 %2 (some without a reason)"}
        : kind == Remark::Kind::Waiver ? Text{"数えない%1 %2 件", "%1 that do not count %2"}
                                       : Text{"%1 %2 件", "%1 %2"};
    button->setText(count.arg(label(kind), list.size()).in(lang));
    button->setIcon(iconOf(glyphOf(kind)));
    auto *menu = new QMenu(button);
    menu->setToolTipsVisible(true);
    QStringList lines;
    for (const Remark *remark : list) {
        const QString words = visible(maskSecrets(remark->words.in(lang)));
        const QString title = remark->standing->item->title.in(lang);
        QAction *entry = menu->addAction(QString(title).replace(u'&', QStringLiteral("&&")));
        entry->setToolTip(words);
        QObject::connect(entry, &QAction::triggered, button,
                         [openItem, id = remark->standing->item->id] { openItem(id); });
        lines << QStringLiteral("%1 — %2").arg(title, words);
    }
    button->setMenu(menu);
    constexpr qsizetype most = 12;
    button->setToolTip(lines.mid(0, most).join(u'\n'));
    button->setAccessibleDescription(lines.join(u'\n'));
    return button;
}

} // namespace

QWidget *remarkBar(const std::vector<Remark> &remarks, Lang lang,
                   const std::function<void(const QString &)> &openItem)
{
    QWidget *box = nullptr;
    QHBoxLayout *row = nullptr;
    for (const Remark::Kind kind : remarkKinds) {
        auto list = ofKind(remarks, kind);
        if (kind == Remark::Kind::Waiver) // those that count have a panel of their own
            std::erase_if(list, [](const Remark *r) { return !r->lacking; });
        if (list.empty())
            continue;
        if (!box) {
            box = new QWidget;
            row = new QHBoxLayout(box);
            row->setContentsMargins(0, 0, 0, 0);
            row->setSpacing(8);
            row->addWidget(new Label(Text{"あわせて知っておくこと", "Also note"}.in(lang), Type::CaptionBold,
                                     Label::Ink::Text2));
        }
        row->addWidget(buttonFor(kind, list, lang, openItem));
    }
    if (row)
        row->addStretch(1);
    return box;
}

} // namespace tenken
