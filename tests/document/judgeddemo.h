// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <document/document.h>
#include <evidence/evidence.h>
#include <rules/evaluate.h>

#include <QTest>
#include <QTimeZone>

namespace tenken::test {

/// The demo service, judged, with a review that nobody has written into yet: what documents are made of.
struct JudgedDemo {
    static inline const QDate today{2026, 11, 20};

    Evidence evidence;
    Checklist checklist;
    Assessment assessment;
    Review review;
    Outcome outcome;

    void read()
    {
        auto read = readEvidence(QStringLiteral(TENKEN_SOURCE_DIR "/resources/demo/id-auth"));
        QVERIFY(read.has_value());
        evidence = std::move(*read);
        checklist = *builtinChecklist(evidence.service.checklist);
        assessment = evaluate(checklist, evidence);
        review.checklistId = checklist.id;
        review.checklistVersion = checklist.version;
        alignWith(review, checklist);
        decideAgain();
    }

    void decideAgain() { outcome = decide(checklist, assessment, &review, today); }

    DocumentInput input(Lang lang) const
    {
        return {&evidence, &checklist, &assessment, &review, &outcome, lang,
                QDateTime(today, QTime(0, 12), QTimeZone::UTC), QStringLiteral("1.0")};
    }
};

} // namespace tenken::test
