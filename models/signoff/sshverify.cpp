// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/sshkeygen.h>

#include <signoff/sshsignature.h>
#include <signoff/statement.h>

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>

namespace tenken {

namespace {

using State = SignatureVerdict::State;

Run verifyRun(const QTemporaryDir &folder, const QByteArray &message, const QString &identity,
              const QDateTime &at, const QString &allowed, const QString &revoked)
{
    QStringList arguments{QStringLiteral("-Y"),
                          QStringLiteral("verify"),
                          QStringLiteral("-f"),
                          allowed,
                          QStringLiteral("-I"),
                          identity,
                          QStringLiteral("-n"),
                          QLatin1StringView(signoffNamespace),
                          QStringLiteral("-s"),
                          folder.filePath(QStringLiteral("s")),
                          QStringLiteral("-Overify-time=")
                              + at.toUTC().toString(QStringLiteral("yyyyMMddHHmmss")) + u'Z'};
    if (!revoked.isEmpty())
        arguments << QStringLiteral("-r") << revoked;
    return runProgram(QStringLiteral("ssh-keygen"), arguments, message);
}

/// OpenSSH refuses a key where its own form of list is broken, too, without saying which it was.
bool canBeRead(const QString &revoked)
{
    QFile file(revoked);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    return file.read(6) != "SSHKRL"
        || runProgram(QStringLiteral("ssh-keygen"),
                      {QStringLiteral("-Q"), QStringLiteral("-l"), QStringLiteral("-f"), revoked}).ok();
}

/// Why the list of allowed signers does not make a good signature valid.
SignatureVerdict notAllowed(const Run &asked, const QString &identity, const QString &fingerprint)
{
    const auto says = [&](const char *words) { return asked.err.contains(words); };
    if (says("key has expired") || says("Certificate invalid: expired"))
        return {State::Expired, fingerprint,
                Text{"署名した時には、%1 の鍵の期限が過ぎていました。",
                     "The key of %1 had expired when it signed."}
                    .arg(identity)};
    if (says("not yet valid"))
        return {State::NotYetValid, fingerprint,
                Text{"署名した時には、%1 の鍵はまだ有効でありませんでした。",
                     "The key of %1 was not valid yet when it signed."}
                    .arg(identity)};
    if (says("not permitted for use in signature namespace"))
        return {State::NotPermitted, fingerprint,
                Text{"%1 の鍵は、この種の署名に使うことを許されていません。",
                     "The key of %1 is not permitted for this kind of signature."}
                    .arg(identity)};
    return {State::UnknownSigner, fingerprint,
            Text{"この鍵は、知っている %1 の鍵ではありません。", "This key is not one that is known to be %1's."}.arg(identity)};
}

} // namespace

SignatureVerdict sshVerify(const QByteArray &message, const QByteArray &signature, const QString &identity,
                           const QDateTime &at, const Trust &trust)
{
    const auto read = readSshSignature(signature);
    if (!read)
        return {State::Broken, {}, {"署名を読めません。", "The signature cannot be read."}};
    if (read->nameSpace != signoffNamespace)
        return {State::OtherNamespace,
                {},
                Text{"別の用途(%1)の署名です。", "It is a signature for another purpose (%1)."}.arg(
                    QString::fromLatin1(read->nameSpace.left(60)))};
    const QTemporaryDir folder;
    if (!putFile(folder.filePath(QStringLiteral("s")), signature))
        return {State::NotChecked, {}, noTemporaryFile({}).message};
    const Run authentic =
        runProgram(QStringLiteral("ssh-keygen"),
            {QStringLiteral("-Y"), QStringLiteral("check-novalidate"), QStringLiteral("-n"),
             QLatin1StringView(signoffNamespace), QStringLiteral("-s"), folder.filePath(QStringLiteral("s"))},
            message);
    if (!authentic.started || !authentic.inTime)
        return {State::NotChecked, {}, noOpenSsh().message};
    static const QRegularExpression said(QStringLiteral("key (SHA256:[A-Za-z0-9+/]+)"));
    if (!authentic.ok())
        return {State::Broken, {}, {"署名が陳述と合いません。", "The signature does not fit the statement."}};
    const QString fingerprint = said.match(QString::fromUtf8(authentic.out)).captured(1);
    if (trust.allowedSigners.isEmpty())
        return {State::Untold,
                fingerprint,
                {"誰の鍵を信じるかが指定されていません。", "Nobody told this computer whose keys to trust."}};
    for (const QString &file : {trust.allowedSigners, trust.revoked}) {
        if (!file.isEmpty() && (!QFileInfo(file).isFile() || !QFileInfo(file).isReadable()))
            return {State::NotChecked, fingerprint, Text{"%1 を読めません。", "%1 cannot be read."}.arg(file)};
    }
    const Run asked = verifyRun(folder, message, identity, at, trust.allowedSigners, trust.revoked);
    if (asked.ok())
        return {State::Good, fingerprint, Text{"%1 の署名です。", "Signed by %1."}.arg(identity)};
    const Run without =
        trust.revoked.isEmpty() ? asked : verifyRun(folder, message, identity, at, trust.allowedSigners, {});
    if (!trust.revoked.isEmpty() && without.ok() && !canBeRead(trust.revoked))
        return {State::NotChecked, fingerprint, Text{"%1 を読めません。", "%1 cannot be read."}.arg(trust.revoked)};
    if (!trust.revoked.isEmpty() && without.ok())
        return {State::Revoked, fingerprint,
                Text{"%1 のこの鍵は失効しています。", "This key of %1 has been revoked."}.arg(identity)};
    return notAllowed(without, identity, fingerprint);
}

} // namespace tenken
