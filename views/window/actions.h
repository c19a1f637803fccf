// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/text.h>

#include <QKeySequence>
#include <QObject>

#include <functional>
#include <vector>

class QAction;
class QMainWindow;
class QMenuBar;

namespace tenken {

/// Every action of the window, with its menu, words, keys and where it works. The list of keys under Help and the
/// menus are made from this one table.
class Actions : public QObject
{
    Q_OBJECT
public:
    enum class Where { Anywhere, Service, Item };   ///< Service: one is open; Item: its page is shown
    enum class Menu { File, Edit, View, Item, Review, Help, None };

    struct Entry {
        Menu menu;
        Text text;
        QList<QKeySequence> keys;
        Where where;
        QAction *action = nullptr;
    };

    Actions(QMainWindow *window, Lang lang);

    QAction *add(Menu menu, const Text &text, const QList<QKeySequence> &keys, Where where,
                 const std::function<void()> &run);
    QAction *adopt(Menu menu, const Text &text, const QList<QKeySequence> &keys, Where where, QAction *action);
    void addSeparator(Menu menu);
    void fill(QMenuBar *bar);
    void update(bool serviceOpen, bool itemShown);
    const std::vector<Entry> &entries() const { return m_entries; }

private:
    QMainWindow *m_window;
    Lang m_lang;
    std::vector<Entry> m_entries;
};

Text label(Actions::Menu menu);

} // namespace tenken
