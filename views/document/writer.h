// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <document/facts.h>
#include <document/written.h>

namespace tenken {

using namespace Qt::StringLiterals;

/// What the parts of the written document share.
struct WrittenWriter {
    const DocumentInput &input;
    QMap<QString, int> numbers;     ///< of the evidence
    std::vector<Remark> notices;    ///< noticesOf()
    std::vector<WrittenPart> parts = {};

    QString in(const Text &text) const { return text.in(input.lang); }
    void heading(int level, const QString &text);
    void paragraph(const QString &text);
    void table(const std::vector<Text> &head, std::vector<std::vector<WrittenCell>> rows);
    void figure(const QString &number, const DocumentFigure &figure);
};

WrittenCell words(const QString &text);

void writeWrittenMonitoring(WrittenWriter &w);
/// Waivers, actions, how the decision is made, and the lists at the end.
void writeWrittenRecords(WrittenWriter &w);

} // namespace tenken
