// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/sealing.h>

#include <signoff/cms.h>

#include <QFileInfo>
#include <QLocale>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTimeZone>

namespace tenken {

namespace {

using State = SealVerdict::State;
const QString openssl = QStringLiteral("openssl");

/// The files that OpenSSL is asked about.
struct Question {
    QTemporaryDir folder;
    QString cms, covered, signature, token, signer;
    bool written = false;

    Question(const Seal &seal, const CmsParts &parts)
        : cms(folder.filePath(QStringLiteral("cms")))
        , covered(folder.filePath(QStringLiteral("covered")))
        , signature(folder.filePath(QStringLiteral("signature")))
        , token(folder.filePath(QStringLiteral("token")))
        , signer(folder.filePath(QStringLiteral("signer")))
    {
        written = putFile(cms, seal.cms) && putFile(covered, seal.covered)
            && putFile(signature, parts.signature) && putFile(token, parts.token);
    }

    Run verify(const QStringList &more) const
    {
        return runProgram(openssl,
                          QStringList{"cms", "-verify", "-binary", "-inform", "DER", "-in", cms, "-content",
                                      covered, "-out", "/dev/null"}
                              + more);
    }

    /// By the authorities of the file and no others, at a time.
    Run verifyBy(const QString &authorities, const QDateTime &at) const
    {
        QStringList more{"-cades",
                         "-purpose",
                         "any",
                         "-no-CApath",
                         "-no-CAstore",
                         "-CAfile",
                         QFileInfo(authorities).absoluteFilePath()};
        if (at.isValid())
            more << QStringLiteral("-attime") << QString::number(at.toSecsSinceEpoch());
        return verify(more);
    }

    /// At the time that the token tells: it is to outlive its authority's certificate.
    bool isStampedBy(const QString &authorities, const QDateTime &at) const
    {
        QStringList arguments{"ts",   "-verify", "-token_in", "-in", token, "-data", signature, "-CAfile",
                              QFileInfo(authorities).absoluteFilePath()};
        if (at.isValid())
            arguments << QStringLiteral("-attime") << QString::number(at.toSecsSinceEpoch());
        return runProgram(openssl, arguments).ok();
    }

    /// "Time stamp: Nov 23 13:35:09 2026 GMT"
    QDateTime timeOfToken() const
    {
        static const QRegularExpression line(
            QStringLiteral(R"(^Time stamp: (\w{3}) +(\d+) (\d\d:\d\d:\d\d)(?:\.\d+)? (\d{4}) GMT$)"),
            QRegularExpression::MultilineOption);
        const Run said = runProgram(openssl, {"ts", "-reply", "-token_in", "-in", token, "-text"});
        const auto match = line.match(QString::fromLatin1(said.out));
        const QString text =
            QStringLiteral("%1 %2 %3 %4")
                .arg(match.captured(1), match.captured(2), match.captured(4), match.captured(3));
        QDateTime at = QLocale::c().toDateTime(text, QStringLiteral("MMM d yyyy HH:mm:ss"));
        at.setTimeZone(QTimeZone::UTC);
        return said.ok() && match.hasMatch() ? at : QDateTime();
    }

    QString nameOfSigner() const
    {
        const Run said = runProgram(
            openssl,
            {"x509", "-noout", "-subject", "-nameopt", "sep_comma_plus_space,utf8,esc_ctrl", "-in", signer});
        QString name = QString::fromUtf8(said.out).trimmed();
        if (name.startsWith(u"subject="))
            name.remove(0, 8);
        return said.ok() && !name.isEmpty() ? name.left(200) : QStringLiteral("?");
    }
};

Text timeWords(const CmsParts &parts, const SealTrust &trust, const Seal &seal, const QDateTime &stamp)
{
    const QString form = QStringLiteral("yyyy-MM-dd HH:mm:ss 'UTC'");
    if (stamp.isValid())
        return Text{"タイムスタンプは %1 です。", "The timestamp says %1."}.arg(stamp.toString(form));
    const Text claimed =
        Text{"%1 という日時は、封印した人の時計によるものです。", "The time %1 is by the sealer's own clock."}
            .arg(seal.claimedAt.toString(form));
    if (parts.token.isEmpty() || !trust.timestampAuthorities.isEmpty())
        return claimed;
    return {claimed.ja + QStringLiteral("タイムスタンプは確かめていません。"),
            claimed.en + QStringLiteral(" Its timestamp was not checked.")};
}

} // namespace

SealVerdict checkSeal(const Seal &seal, const SealTrust &trust)
{
    const auto parts = readCms(seal.cms);
    if (!parts)
        return {State::Broken, {}, {}, {"封印を読めません。", "The seal cannot be read."}};
    for (const QString &file : {trust.authorities, trust.timestampAuthorities}) {
        if (!file.isEmpty() && !QFileInfo(file).isReadable())
            return {State::NotChecked, {}, {}, Text{"%1 を読めません。", "%1 cannot be read."}.arg(file)};
    }
    const Question question(seal, *parts);
    if (!question.written)
        return {State::NotChecked, {}, {}, noTemporaryFile({}).message};
    const Run fits = question.verify({"-noverify", "-signer", question.signer});
    if (!fits.started || !fits.inTime)
        return {State::NotChecked,
                {},
                {},
                {"openssl がないので、封印は確かめていません。",
                 "There is no openssl, so the seal was not checked."}};
    if (!fits.ok())
        return {State::Broken, {}, {}, {"封印が文書と合いません。", "The seal does not fit the document."}};
    SealVerdict verdict{State::Untold, question.nameOfSigner(), {}, {}};
    if (!parts->token.isEmpty() && !trust.timestampAuthorities.isEmpty()) {
        const QDateTime told = question.timeOfToken();
        if (!question.isStampedBy(trust.timestampAuthorities, told))
            return {State::Broken,
                    verdict.signer,
                    {},
                    {"封印のタイムスタンプが、信じる局のものではないか、封印と合いません。",
                     "The seal's timestamp is from no authority that is trusted, or does not fit it."}};
        verdict.timestamp = told;
    }
    const Text time = timeWords(*parts, trust, seal, verdict.timestamp);
    verdict.words = Text{"%1 の封印が文書と合います。%2", "The seal of %1 fits the document. %2"}.arg(
        verdict.signer, time);
    if (trust.authorities.isEmpty()) {
        verdict.words = {verdict.words.ja + QStringLiteral("誰の証明書を信じるかは指定されていません。"),
                         verdict.words.en
                             + QStringLiteral(" Nobody told this computer whose certificates to trust.")};
        return verdict;
    }
    const Run trusted = question.verifyBy(trust.authorities, verdict.timestamp);
    verdict.state = trusted.ok()              ? State::Good
        : trusted.err.contains("has expired") ? State::Expired
                                              : State::Untrusted;
    if (verdict.state == State::Expired)
        verdict.words =
            Text{"%1 の証明書の期限が過ぎています。%2", "The certificate of %1 has expired. %2"}.arg(
                verdict.signer, time);
    else if (verdict.state == State::Untrusted)
        verdict.words = Text{"%1 の証明書は、信じる認証局のものではありません。",
                             "The certificate of %1 is from no authority that is trusted."}
                            .arg(verdict.signer);
    return verdict;
}

} // namespace tenken
