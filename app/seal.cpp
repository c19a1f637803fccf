// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"

#include <evidence/evidence.h>
#include <evidence/files.h>
#include <network/httpclient.h>
#include <signoff/sealing.h>
#include <signoff/signing.h>

#include <QDir>
#include <QEventLoop>
#include <QFileInfo>

#include <unistd.h>

namespace tenken::app {

namespace {

QString s(const char *text) { return QString::fromLatin1(text); }

void addOptions(QCommandLineParser &parser)
{
    const auto add = [&](const char *name, const char *what, const char *value) {
        parser.addOption({s(name), s(what), s(value)});
    };
    add("certificate", "X.509 certificate to seal with, in PEM.", "FILE");
    add("key", "Its private key, in PEM. OpenSSL asks for the passphrase where there is one.", "FILE");
    add("chain", "Further certificates up to the authority, in PEM.", "FILE");
    add("passphrase-file", "A file whose first line opens the key.", "FILE");
    add("tsa", "Ask this timestamp authority (RFC 3161). Only the signature's digest is sent.", "URL");
    add("tsa-ca",
        "Certificate of the timestamp authority's authority, in PEM: its answer is verified at once.",
        "FILE");
    parser.addOption({{s("o"), s("output")},
                      s("Where to write (default: beside the file, as NAME-sealed.pdf)."),
                      s("OUT")});
}

int fail(const Problem &problem, Lang lang)
{
    complain(problem, lang);
    return WrongUse;
}

Result<QByteArray> post(const QUrl &url, const QByteArray &query)
{
    HttpPolicy policy;
    policy.allowed = {{"POST", url.path(QUrl::FullyDecoded)}};
    policy.plainHttp = true; // what comes back is signed
    policy.origin = url;
    policy.limits.total = std::chrono::seconds(60);
    policy.limits.bodyBytes = 1024 * 1024;
    HttpClient client(policy);
    HttpRequest request;
    request.method = "POST";
    request.url = url;
    request.headers = {{"Content-Type", Secret("application/timestamp-query")}};
    request.body = query;
    request.followRedirects = false;
    HttpAnswer answer;
    QEventLoop loop;
    QObject::connect(client.send(request), &HttpCall::finished, &loop, [&](const HttpAnswer &a) {
        answer = a;
        loop.quit();
    });
    loop.exec();
    if (answer.isSuccess())
        return answer.body;
    const Text why = answer.problem.isEmpty()
        ? Text{"HTTP %1 が返りました。", "It answered HTTP %1."}.arg(answer.status)
        : answer.problem;
    return failure({url.toString(QUrl::RemoveUserInfo),
                    {},
                    Text{"タイムスタンプを取れません。%1", "There is no timestamp. %1"}.arg(why),
                    {}});
}

Result<QByteArray> stamped(const QByteArray &cms, const QUrl &url, const QString &authorities)
{
    const auto query = timestampQuery(cms);
    const auto answer = query ? post(url, *query) : query;
    return answer ? withTimestamp(cms, *query, *answer, authorities) : answer;
}

/// A document that people signed, as it came out of signing.
Result<void> maySeal(const QByteArray &file)
{
    const auto container = readContainer(file);
    if (!container)
        return failure(container.error());
    if (container->seal)
        return failure({{}, {}, {"すでに封印されています。", "It is sealed already."}, {}});
    if (container->statements.empty())
        return failure({{},
                        {},
                        {"まだ誰も署名していません。", "Nobody has signed yet."},
                        {"封印は、署名がそろった後に押します。", "A seal comes after all signatures."}});
    if (container->altered)
        return failure({{},
                        {},
                        {"署名の後に、署名でないものが加えられています。",
                         "Something that is no sign-off was appended after the signatures."},
                        {"`tenken verify` で確かめてください。", "See `tenken verify`."}});
    return {};
}

/// Writing over the document that is sealed is what was asked for; over another one it would lose signatures.
Result<void> mayBeWritten(const QString &target, const QByteArray &unsealed)
{
    const auto there = readDocument(target);
    return there && *there == unsealed ? Result<void>() : mayBeReplaced(target);
}

QString besides(const QString &path)
{
    const QFileInfo file(path);
    return QDir::cleanPath(file.dir().filePath(file.completeBaseName() + s("-sealed.pdf")));
}

int run(const QCommandLineParser &parser)
{
    const Lang lang = languageOf(parser);
    const QStringList arguments = parser.positionalArguments();
    const SealKey key{parser.value(s("certificate")), parser.value(s("key")), parser.value(s("chain")),
                      parser.value(s("passphrase-file"))};
    if (arguments.size() != 1 || key.certificate.isEmpty() || key.key.isEmpty())
        return wrongUse({"封印には証明書と鍵が要ります: tenken seal FILE.pdf --certificate CERT.pem --key "
                         "KEY.pem(封印がなくても署名は有効です)",
                         "a seal takes a certificate and its key: tenken seal FILE.pdf --certificate "
                         "CERT.pem --key KEY.pem (a sign-off is valid without one)"},
                        lang);
    const QUrl tsa(parser.value(s("tsa")), QUrl::StrictMode);
    const QString authorities = parser.value(s("tsa-ca"));
    const bool good = tsa.isValid() && !tsa.host().isEmpty() && tsa.userInfo().isEmpty()
        && (tsa.scheme() == u"https" || tsa.scheme() == u"http");
    if (parser.isSet(s("tsa")) && (!good || !QFileInfo(authorities).isFile()))
        return wrongUse({"--tsa には http か https の URL を、--tsa-ca "
                         "にはその局を確かめる証明書のファイルを指してください。",
                         "--tsa takes an http or https URL, and --tsa-ca the file of the certificate to "
                         "verify its answer with."},
                        lang);
    const QString target = parser.isSet(s("output")) ? parser.value(s("output")) : besides(arguments.first());
    const auto bytes = readDocument(arguments.first());
    if (const auto may = bytes ? maySeal(*bytes) : Result<void>(failure(bytes.error())); !may)
        return fail(may.error(), lang);
    if (const auto may = mayBeWritten(target, *bytes); !may)
        return fail(may.error(), lang);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    auto room = roomForSeal(*bytes, now);
    auto cms = room
        ? sealSignature(room->covered(), key, ::isatty(STDERR_FILENO) ? Asking::Terminal : Asking::Askpass)
        : Result<QByteArray>(failure(room.error()));
    if (cms && parser.isSet(s("tsa")))
        cms = stamped(*cms, tsa, authorities);
    const auto done = cms ? sealed(*room, *cms) : cms;
    if (!done)
        return fail(done.error(), lang);
    // What was made is read back before it is believed.
    const auto seal = readSeal(*done, *bytes);
    const SealVerdict verdict = seal ? checkSeal(*seal, {{}, authorities}) : SealVerdict();
    if (verdict.state != SealVerdict::State::Untold)
        return fail(
            {target,
             {},
             Text{"できた封印を確かめられませんでした。%1", "The seal that came could not be verified. %1"}
                 .arg(verdict.words),
             {}},
            lang);
    if (const auto may = mayBeWritten(target, *bytes); !may) // signed while the authority was asked
        return fail(may.error(), lang);
    if (const auto written = writeAtomically(QFileInfo(target).absoluteFilePath(), *done); !written)
        return fail(written.error(), lang);
    out() << visible(Text{"%1 に封印しました(%2)。", "Sealed: %1 (%2)."}.arg(target, verdict.signer).in(lang));
    if (verdict.timestamp.isValid())
        out() << Text{"タイムスタンプは %1 です。", " The timestamp says %1."}
                     .arg(verdict.timestamp.toString(s("yyyy-MM-dd HH:mm:ss 'UTC'")))
                     .in(lang);
    out() << Qt::endl;
    return Ok;
}

} // namespace

const Command &sealCommand()
{
    static const Command command{"seal",
                                 "seal FILE.pdf --certificate CERT.pem --key KEY.pem [--chain CHAIN.pem] "
                                 "[--passphrase-file FILE] [--tsa URL --tsa-ca CA.pem] [-o OUT.pdf]",
                                 {"署名のそろった文書を X.509 の証明書で封印します(任意)。",
                                  "Seal a signed document with an X.509 certificate (optional)."},
                                 "  tenken seal review.pdf --certificate seal.pem --key seal.key --tsa "
                                 "https://tsa.example.com --tsa-ca tsa-ca.pem\n",
                                 false,
                                 addOptions,
                                 run};
    return command;
}

} // namespace tenken::app
