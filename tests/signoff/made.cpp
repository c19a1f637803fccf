// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made.h"

namespace tenken::made
{

QByteArray pdf(const QByteArrayList &objects, const QByteArray &trailerMore)
{
    QByteArray out = "%PDF-1.6\n";
    QByteArray table = "xref\n0 " + QByteArray::number(objects.size() + 1) + "\n0000000000 65535 f \n";
    for (qsizetype i = 0; i < objects.size(); ++i) {
        table += QByteArray::number(out.size()).rightJustified(10, '0') + " 00000 n \n";
        out += QByteArray::number(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const QByteArray start = QByteArray::number(out.size());
    return out + table + "trailer\n<</Size " + QByteArray::number(objects.size() + 1) + ' ' + trailerMore
        + ">>\nstartxref\n" + start + "\n%%EOF\n";
}

QByteArray page(const QByteArray &word, int width, int height)
{
    const QByteArray content =
        "BT /F1 12 Tf 60 " + QByteArray::number(height - 60) + " Td (" + word + ") Tj ET";
    return pdf({"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 " + QByteArray::number(width) + ' '
                    + QByteArray::number(height) + "]/Contents 4 0 R/Resources 5 0 R>>",
                "<</Length 7 0 R>>\nstream\n" + content + "\nendstream", "<</Font<</F1 6 0 R>>>>",
                "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", QByteArray::number(content.size())});
}

Frozen frozen()
{
    Frozen f;
    f.reviewId = QStringLiteral("id-auth-20261120T001200Z-1a2b3c4d");
    f.service = QStringLiteral("id-auth");
    f.version = QStringLiteral("v1.2.0");
    f.commit = QByteArray(40, 'a');
    f.judgedAt = QDateTime(QDate(2026, 11, 20), QTime(0, 12), QTimeZone::UTC);
    f.validUntil = QDate(2027, 5, 19);
    f.validBecause = {QStringLiteral("期間"), QStringLiteral("the checklist's 180 days")};
    f.checklists = {{QStringLiteral("checklist/zozotown.yaml"), QByteArray(64, 'c')}};
    return f;
}

QByteArray reviewJson(const Frozen &f)
{
    return QJsonDocument(QJsonObject{{"format", "tenken.review/1"}, {"signOff", frozenObject(f)}}).toJson();
}

QByteArray body(const Frozen &f, const QByteArray &list)
{
    PdfUpdate update(*PdfFile::read(page("Review")));
    if (!update.attach({{"evidence.sha256", "text/plain", "List of evidence", list},
                        {"review.json", "application/json", "The review", reviewJson(f)}}))
        return {};
    return update.save();
}

QByteArray box(const QByteArray &word)
{
    return page(word, int(sheet::boxWidth), int(sheet::boxHeight));
}

QByteArray output(const QString &program, const QStringList &arguments, int *code,
                  const QString &folder)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(program, arguments);
    if (!process.waitForFinished(60'000))
        return "did not run";
    if (code)
        *code = process.exitCode();
    return process.readAllStandardOutput() + process.readAllStandardError();
}

Statement statement(const QByteArray &body, const Frozen &f, const QString &role,
                    const QString &identity, const SshKey &key)
{
    const auto container = readContainer(body);
    Statement s;
    s.subjects = {{subject::body, sha256Hex(body), QStringLiteral("sha256"), body.size()},
                  {subject::review, sha256Hex(*container->bodyFile("review.json"))},
                  {subject::evidence, sha256Hex(*container->bodyFile("evidence.sha256"))},
                  {subject::commit, f.commit, QStringLiteral("gitCommit")},
                  {subject::box, sha256Hex(box(role.toLatin1()))}};
    s.subjects.insert(s.subjects.end(), f.checklists.begin(), f.checklists.end());
    s.reviewId = f.reviewId;
    s.service = f.service;
    s.version = f.version;
    s.role = role;
    s.identity = identity;
    s.name = QStringLiteral("佐藤 美咲");
    s.keyFingerprint = key.fingerprint;
    s.signedAt = QDateTime(QDate(2026, 11, 20), QTime(7, 42), QTimeZone::UTC);
    s.validUntil = f.validUntil;
    return s;
}

SignedStatement signedBy(const Statement &s, const SshKey &key)
{
    SignedStatement result{statementBytes(s), {}, box(s.role.toLatin1())};
    if (const auto signature = sshSign(key, result.statement, Asking::Askpass))
        result.signature = *signature;
    return result;
}

} // namespace tenken::made
