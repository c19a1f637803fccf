// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <window/keysdialog.h>

#include <pages/label.h>
#include <parts/keycap.h>

#include <QGridLayout>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace tenken {

namespace {

QWidget *caps(const QList<QKeySequence> &keys)
{
    auto *box = new QWidget;
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    for (const QKeySequence &key : keys)
        row->addWidget(new KeyCap(key.toString(QKeySequence::NativeText)));
    row->addStretch(1);
    return box;
}

QWidget *column(const Actions &actions, const QList<Actions::Menu> &menus, Lang lang)
{
    auto *box = new QWidget;
    auto *grid = new QGridLayout(box);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(6);
    int row = 0;
    for (const Actions::Menu menu : menus) {
        const Text title = menu == Actions::Menu::None ? Text{"移動", "Moving about"} : label(menu);
        grid->addWidget(new Label(title.in(lang), Type::CaptionBold, Label::Ink::Text2), row++, 0, 1, 2);
        for (const Actions::Entry &entry : actions.entries()) {
            if (entry.menu != menu || !entry.action || entry.keys.isEmpty())
                continue;
            grid->addWidget(caps(entry.keys), row, 0);
            grid->addWidget(new Label(entry.text.in(lang), Type::Body), row++, 1);
        }
        grid->setRowMinimumHeight(row++, 12);
    }
    grid->setRowStretch(row, 1);
    return box;
}

} // namespace

KeysDialog::KeysDialog(const Actions &actions, Lang lang, QWidget *parent) : QDialog(parent)
{
    setWindowTitle(Text{"キーの一覧", "Keys"}.in(lang));
    resize(900, 620);
    auto *outer = new QVBoxLayout(this);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto *content = new QWidget;
    auto *row = new QHBoxLayout(content);
    row->setSpacing(32);
    row->addWidget(column(actions, {Actions::Menu::Item, Actions::Menu::Edit}, lang));
    row->addWidget(column(actions, {Actions::Menu::None, Actions::Menu::View, Actions::Menu::File, Actions::Menu::Help}, lang));
    scroll->setWidget(content);
    outer->addWidget(scroll);
}

} // namespace tenken
