// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <window/problemsdialog.h>

#include <pages/label.h>
#include <parts/colours.h>
#include <parts/panel.h>

#include <QScrollArea>
#include <QVBoxLayout>

namespace tenken {

namespace {

void add(QVBoxLayout &column, const Text &title, const std::vector<Problem> &problems, const QColor &edge, Lang lang)
{
    if (problems.empty())
        return;
    column.addWidget(new Label(QStringLiteral("%1 · %2").arg(title.in(lang)).arg(problems.size()), Type::Title));
    for (const Problem &problem : problems) {
        auto *panel = new Panel;
        panel->setEdge(edge);
        auto *where = new Label(problem.location(), Type::Code, Label::Ink::Text2);
        auto *what = new Label(maskSecrets(problem.message.in(lang)), Type::Body);
        auto *hint = new Label(maskSecrets(problem.hint.in(lang)), Type::Body, Label::Ink::Text2);
        for (Label *label : {where, what, hint}) {
            label->setTextFormat(Qt::PlainText);
            label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
            label->setWrapped();
            if (!label->text().isEmpty())
                panel->body()->addWidget(label);
            else
                label->deleteLater();
        }
        column.addWidget(panel);
    }
}

} // namespace

ProblemsDialog::ProblemsDialog(const Session &session, Lang lang, QWidget *parent) : QDialog(parent)
{
    setWindowTitle(Text{"読めなかったもの", "Not readable"}.in(lang));
    resize(820, 560);
    auto *outer = new QVBoxLayout(this);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setSpacing(8);
    const Colours &c = coloursFor(palette());
    add(*column, {"読めなかったもの", "Not readable"}, session.evidence().unreadable, c.fail.mark, lang);
    add(*column, {"気をつけること", "Worth a look"}, session.evidence().warnings, c.warn.mark, lang);
    add(*column, {"レビューのファイル", "The review's file"}, session.reviewProblems(), c.warn.mark, lang);
    column->addStretch(1);
    scroll->setWidget(content);
    outer->addWidget(scroll);
}

} // namespace tenken
