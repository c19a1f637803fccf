// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/documents.h>

#include <QHash>

namespace tenken
{

/// Anchors as GitHub makes them of headings: lower case, letters, marks, digits, '_' and '-' kept, spaces to
/// '-',
/// "-1", "-2" … for repeats.
class AnchorMaker
{
public:
    QString operator()(const QString &headingText);

private:
    QHash<QString, int> m_seen;
};

/// The part [from, to) of a line (UTF-16 positions) as a span in code points.
Span spanInLine(int line, QStringView text, qsizetype from, qsizetype to);

/// Blanks [from, to) with spaces, so that the columns of the rest stay.
void blank(QString &line, qsizetype from, qsizetype to);

/// `own[i]` is the text between heading i and the next heading of any level.
void setBodies(std::vector<Heading> &headings, const std::vector<QString> &own);

} // namespace tenken
