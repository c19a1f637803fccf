// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <window/actions.h>

#include <QAction>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

namespace tenken {

Text label(Actions::Menu menu)
{
    switch (menu) {
    case Actions::Menu::File:
        return {"ファイル", "File"};
    case Actions::Menu::Edit:
        return {"編集", "Edit"};
    case Actions::Menu::View:
        return {"表示", "View"};
    case Actions::Menu::Item:
        return {"項目", "Item"};
    case Actions::Menu::Review:
        return {"レビュー", "Review"};
    case Actions::Menu::Help:
        return {"ヘルプ", "Help"};
    case Actions::Menu::None:
        break;
    }
    return {};
}

Actions::Actions(QMainWindow *window, Lang lang) : QObject(window), m_window(window), m_lang(lang) { }

QAction *Actions::add(Menu menu, const Text &text, const QList<QKeySequence> &keys, Where where,
                      const std::function<void()> &run)
{
    auto *action = new QAction(this);
    connect(action, &QAction::triggered, this, run);
    return adopt(menu, text, keys, where, action);
}

QAction *Actions::adopt(Menu menu, const Text &text, const QList<QKeySequence> &keys, Where where, QAction *action)
{
    action->setText(text.in(m_lang));
    action->setShortcuts(keys);
    m_window->addAction(action); // keys work also while the menu bar is hidden
    m_entries.push_back({menu, text, keys, where, action});
    return action;
}

void Actions::addSeparator(Menu menu)
{
    m_entries.push_back({menu, {}, {}, Where::Anywhere, nullptr});
}

void Actions::fill(QMenuBar *bar)
{
    for (const Menu menu : {Menu::File, Menu::Edit, Menu::View, Menu::Item, Menu::Review, Menu::Help}) {
        QMenu *entry = bar->addMenu(label(menu).in(m_lang));
        for (const Entry &e : m_entries) {
            if (e.menu != menu)
                continue;
            if (e.action)
                entry->addAction(e.action);
            else
                entry->addSeparator();
        }
    }
}

void Actions::update(bool serviceOpen, bool itemShown)
{
    for (const Entry &entry : m_entries) {
        if (!entry.action)
            continue;
        // Undo and redo know themselves when there is something to take back.
        if (entry.action->property("ownState").toBool())
            continue;
        entry.action->setEnabled(entry.where == Where::Anywhere || (serviceOpen && (entry.where == Where::Service || itemShown)));
    }
}

} // namespace tenken
