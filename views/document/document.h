// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/remarks.h>
#include <signoff/frozen.h>

#include <QByteArray>
#include <QDateTime>

class QPrinter;

namespace tenken {

/// The review as it goes on paper. The referenced values must outlive the call.
struct DocumentInput {
    const Evidence *evidence = nullptr;
    const Checklist *checklist = nullptr;
    const Assessment *assessment = nullptr;
    const Review *review = nullptr;      ///< null: nobody has answered yet
    const Outcome *outcome = nullptr;
    Lang lang = Lang::Ja;
    QDateTime judgedAt;                  ///< printed, and the document's date
    QString programVersion;
    std::optional<Frozen> frozen = {};   ///< as it will be signed; without it the document cannot be
    std::vector<StatedDissent> dissents = {}; ///< of the service's meetings
};

/// The frozen facts as given, or as far as they are known without git.
Frozen frozenOf(const DocumentInput &input);

/// "Production readiness review id-auth"
QString titleOf(const DocumentInput &input);

/// The finished A4 PDF: pages, outline, text layer repaired, review.json and evidence.sha256 attached. The same
/// input gives the same bytes (in the environment exportEnvironment() describes). Needs a QApplication.
Result<QByteArray> renderPdf(const DocumentInput &input);

/// Draws the same pages on a printer (also for the print preview).
void printDocument(const DocumentInput &input, QPrinter &printer);

/// review.json: everything that was decided and what it was decided on, keys sorted.
QByteArray reviewJson(const DocumentInput &input);

/// "sha256  path" lines, as `sha256sum -c` reads them.
QByteArray evidenceDigests(const Evidence &evidence);

/// Environment of the child process that renders, so that locale, time zone and hash seeds cannot show.
QStringList exportEnvironment();

} // namespace tenken
