// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/loosenings.h>

#include <pages/label.h>

#include <QPushButton>
#include <QVBoxLayout>

namespace tenken {

Loosenings::Loosenings(const std::vector<Loosening> &loosened, bool editable, Lang lang, QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(new Label(Text{"サービスが緩めた値", "Loosened by the service"}.in(lang), Type::CaptionBold, Label::Ink::Text2));
    for (const Loosening &l : loosened) {
        auto *row = new QHBoxLayout;
        auto *words = new Label(l.words().in(lang), Type::Body);
        words->setTextFormat(Qt::PlainText);
        words->setWrapped();
        row->addWidget(words, 1);
        if (editable && !l.waived) {
            auto *waive = new QPushButton(Text{"免除する…", "Waive…"}.in(lang));
            waive->setAccessibleName(Text{"%1 を免除する", "Waive %1"}.arg(l.parameter).in(lang));
            connect(waive, &QPushButton::clicked, this,
                    [this, parameter = l.parameter, value = l.to] { emit waiverRequested(parameter, value); });
            row->addWidget(waive, 0, Qt::AlignTop);
        }
        column->addLayout(row);
    }
}

} // namespace tenken
