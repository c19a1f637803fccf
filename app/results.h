// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/report.h"

#include <QDir>

namespace tenken::app {

/// fail 3, unknown 2, warn 1, else 0: the order of --fail-on and --min-verdict.
int badness(Verdict v);

/// One finding with the item it was judged for.
struct Reported {
    const Section *section = nullptr;
    const ItemStanding *standing = nullptr;
    const Finding *finding = nullptr;

    bool isWaived() const { return finding->waived || standing->standing == Standing::Waived; }
};

/// The findings that are asked for, in the checklist's order. Without --all and --min-verdict: neither pass nor n/a.
std::vector<Reported> reported(const Judged &judged, const ReportOptions &options);
bool isShown(const Finding &finding, const ReportOptions &options);

/// How an editor or a code host marks it: a failed must is an error, what is unknown or waived a note.
QString acceptanceOf(const Reported &reported, Lang lang); ///< why, and by whom, a waived one is accepted
enum class Severity { Note, Warning, Error };
Severity severityOf(const Reported &reported);
const char *wordOf(Severity severity, const char *note); ///< "error", "warning", or the format's word for a note

/// "Title: measured (wanted …). Reason → remedy", masked; with the waiver where it is waived.
QString messageOf(const Finding &finding, Lang lang);
QString measuredAndWanted(const Finding &finding, Lang lang); ///< "30 s (wanted ≥ 45 s)", unmasked, maybe empty

QChar mark(Verdict v);                        ///< ✓ ! ✗ ? –
QChar mark(Remark::Kind kind);                ///< ≠ ⚑ ↻ ⧖
QString placeOf(const Finding &finding);      ///< "file:line:column", as far as known

/// Files as code hosts want them: relative to the repository's top folder (without git: to the current folder).
class Places
{
public:
    explicit Places(const Judged &judged);
    QString path(const QString &file) const;  ///< '/' separated; unchanged where it lies elsewhere

private:
    QString m_folder;
    QDir m_top;
};

} // namespace tenken::app
