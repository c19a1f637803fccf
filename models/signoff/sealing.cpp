// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/sealing.h>

#include <signoff/cms.h>

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

namespace tenken {

namespace {

constexpr int signingPatienceMs = 120'000;
constexpr qsizetype largestAnswer = 1024 * 1024;
const QString openssl = QStringLiteral("openssl");

QStringList words(const char *text) { return QString::fromLatin1(text).split(u' '); }

Problem noOpenSsl()
{
    return {{}, {}, {"openssl がありません。", "There is no openssl."},
            {"OpenSSL のコマンドを入れてください(Debian では openssl)。", "Install OpenSSL's command (openssl on Debian)."}};
}

/// OpenSSL's complaint in our words; its own only where none of ours fit, and never more than a line.
Problem signingProblem(const QByteArray &said, const SealKey &key)
{
    const auto says = [&](const char *text) { return said.contains(text); };
    if (says("bad decrypt") || says("pass phrase") || says("password") || says("maybe wrong"))
        return {key.key,
                {},
                {"鍵のパスフレーズが入力されていないか、違います。",
                 "The key's passphrase was not given, or is not the right one."},
                {"端末から実行するか、--passphrase-file でファイルを指してください。",
                 "Run it from a terminal, or name a file with --passphrase-file."}};
    if (says("key values mismatch") || says("private key does not match"))
        return {key.key, {}, {"この鍵は、その証明書の鍵ではありません。", "This is not the key of that certificate."}, {}};
    if (says("Could not") || says("Unable to load") || says("unable to load") || says("No such file"))
        return {key.certificate, {}, {"証明書か鍵を読めません。", "The certificate or the key cannot be read."},
                {"PEM のファイルを指してください。", "Name files in PEM."}};
    return {key.certificate,
            {},
            Text{"openssl が署名しませんでした: %1", "openssl did not sign: %1"}.arg(
                QString::fromUtf8(said).simplified().left(200)),
            {}};
}

} // namespace

Result<QByteArray> sealSignature(const QByteArray &covered, const SealKey &key, Asking asking)
{
    for (const QString &file : {key.certificate, key.key, key.chain, key.passphraseFile}) {
        if (!file.isEmpty() && !QFileInfo(file).isFile())
            return failure({file, {}, {"ファイルがありません。", "There is no such file."}, {}});
    }
    const QTemporaryDir folder; // only we may look into it
    const QString content = folder.filePath(QStringLiteral("covered"));
    if (!putFile(content, covered))
        return failure(noTemporaryFile(content));
    QStringList arguments = words("cms -sign -cades -binary -nosmimecap -outform DER -md sha256");
    arguments << QStringLiteral("-in") << content << QStringLiteral("-signer")
              << QFileInfo(key.certificate).absoluteFilePath() << QStringLiteral("-inkey")
              << QFileInfo(key.key).absoluteFilePath();
    if (!key.chain.isEmpty())
        arguments << QStringLiteral("-certfile") << QFileInfo(key.chain).absoluteFilePath();
    if (!key.passphraseFile.isEmpty())
        arguments << QStringLiteral("-passin")
                  << QStringLiteral("file:") + QFileInfo(key.passphraseFile).absoluteFilePath();
    const Run asked = runProgram(openssl, arguments, {}, signingPatienceMs, asking);
    if (!asked.started)
        return failure(noOpenSsl());
    if (!asked.ok() || !readCms(asked.out))
        return failure(signingProblem(asked.err, key));
    return asked.out;
}

Result<QByteArray> timestampQuery(const QByteArray &cms)
{
    const auto parts = readCms(cms);
    const QTemporaryDir folder;
    const QString value = folder.filePath(QStringLiteral("signature"));
    if (!parts || !putFile(value, parts->signature))
        return failure(noTemporaryFile(value));
    const Run asked = runProgram(openssl, words("ts -query -sha256 -cert -data") << value);
    if (!asked.started)
        return failure(noOpenSsl());
    if (!asked.ok() || asked.out.isEmpty())
        return failure(
            {{},
             {},
             {"タイムスタンプの要求を作れません。", "The question for a timestamp could not be made."},
             {}});
    return asked.out;
}

Result<QByteArray> withTimestamp(const QByteArray &cms, const QByteArray &query, const QByteArray &answer,
                                 const QString &timestampAuthorities)
{
    const QTemporaryDir folder;
    const QString question = folder.filePath(QStringLiteral("query")),
                  reply = folder.filePath(QStringLiteral("answer"));
    if (answer.size() > largestAnswer || !putFile(question, query) || !putFile(reply, answer))
        return failure(noTemporaryFile(question));
    const Run verified =
        runProgram(openssl,
                   words("ts -verify -queryfile")
                       << question << QStringLiteral("-in") << reply << QStringLiteral("-CAfile")
                       << QFileInfo(timestampAuthorities).absoluteFilePath());
    if (!verified.started)
        return failure(noOpenSsl());
    if (!verified.ok())
        return failure({{},
                        {},
                        {"タイムスタンプの応答を確かめられませんでした。",
                         "The answer of the timestamp authority could not be verified."},
                        {"--tsa-ca に、その局の証明書のファイルを指してください。",
                         "Name the file of its authority's certificate with --tsa-ca."}});
    const Run token = runProgram(openssl, words("ts -reply -token_out -in") << reply);
    const auto stamped = token.ok() ? cmsWithToken(cms, token.out) : std::nullopt;
    if (!stamped)
        return failure(
            {{},
             {},
             {"タイムスタンプを署名に加えられません。", "The timestamp cannot be added to the signature."},
             {}});
    return *stamped;
}

} // namespace tenken
