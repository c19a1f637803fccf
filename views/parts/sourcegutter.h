// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/sourceedit.h>

#include <QPainter>

namespace tenken {

/// Line numbers, in step with the text beside them.
class SourceEdit::Gutter : public QWidget
{
public:
    explicit Gutter(SourceEdit *edit) : QWidget(edit), m_edit(edit) { }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter p(this);
        m_edit->paintGutter(p, rect());
    }

private:
    SourceEdit *m_edit;
};

} // namespace tenken
