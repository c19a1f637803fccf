// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/type.h>

#include <QLabel>

namespace tenken {

/// A label with one of the design's type roles and inks; follows the palette when the scheme changes.
class Label : public QLabel
{
    Q_OBJECT
public:
    enum class Ink { Text, Text2, Text3, Accent, Pass, Warn, Fail };

    explicit Label(Type type, Ink ink = Ink::Text, QWidget *parent = nullptr);
    Label(const QString &text, Type type, Ink ink = Ink::Text, QWidget *parent = nullptr);

    void setInk(Ink ink);
    void setWrapped(bool wrapped = true);

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyInk();
    Ink m_ink;
};

/// Guidance and notes as rich text: **bold** and `code` are understood, everything else is shown as written.
QString markup(const QString &text);

} // namespace tenken
