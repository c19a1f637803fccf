// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/container.h>

#include <algorithm>

namespace tenken {

namespace {

// The same statements must give the same bytes for years: a change of this text makes documents that were
// signed before it look altered.
constexpr const char *head =
    R"(# この署名を Tenken なしで確かめる手順です。文書に付いてきたものなので、読んでから実行してください。
# How to check this sign-off without Tenken. It is a script, too, and came with the document: read it first.
#
#   pdfdetach -savefile VERIFY.txt -o VERIFY.txt SIGNED.pdf
#   bash VERIFY.txt SIGNED.pdf ALLOWED_SIGNERS
#
# ALLOWED_SIGNERS は、あなたが信じる人の鍵の一覧です(man ssh-keygen)。文書に付いてきたものは使いません。
# ALLOWED_SIGNERS is your own list of whose keys you trust (man ssh-keygen), never one from the document.
set -e
PDF=${1:?the signed PDF} ALLOWED_SIGNERS=${2:?your list of allowed signers}
mkdir -p verify
pdfdetach -saveall -o verify "$PDF" >/dev/null
)";

QByteArray digestsOf(const Statement &statement)
{
    QByteArray text;
    for (const QString &name : {subject::body, subject::review, subject::evidence}) {
        if (const Subject *s = statement.find(name))
            text += s->digest + "  verify/" + name.toLatin1() + '\n';
    }
    return text;
}

QByteArray oneStatement(const SignedStatement &s, const Statement &statement)
{
    const QByteArray file = "verify/" + s.stem() + ".json";
    QByteArray text = "\n# " + statement.role.toLatin1() + ": " + statement.identity.toLatin1() + ", "
        + statement.keyFingerprint.toUtf8() + '\n';
    text += "ssh-keygen -Y verify -f \"$ALLOWED_SIGNERS\" -I '" + statement.identity.toLatin1() + "' -n "
        + signoffNamespace
        + " -Overify-time=" + statement.signedAt.toString(QStringLiteral("yyyyMMddHHmmss")).toLatin1()
        + "Z \\\n    -s " + file + ".sig < " + file + '\n';
    for (const QString &name : {subject::body, subject::review, subject::evidence}) {
        if (const Subject *named = statement.find(name))
            text += "[[ $(<" + file + ") == *" + named->digest + "* ]] # " + name.toLatin1() + '\n';
    }
    return text;
}

} // namespace

QByteArray verifyText(const std::vector<SignedStatement> &statements)
{
    QByteArray text = head, each;
    bool first = true;
    for (const SignedStatement &s : statements) {
        const auto statement = readStatement(s.statement);
        const Subject *body = statement ? statement->find(subject::body) : nullptr;
        if (!body)
            continue;
        if (std::exchange(first, false)) {
            text += "\n# 署名された文書は、ファイルの最初の " + QByteArray::number(body->length)
                + " バイトです。\n# What was signed is the first " + QByteArray::number(body->length)
                + " bytes of the file.\nhead -c " + QByteArray::number(body->length)
                + " \"$PDF\" > verify/body.pdf\nsha256sum -c - <<'END'\n" + digestsOf(*statement) + "END\n"
                + "\n# 各自の陳述(JSON)は、上の値と判断を述べ、その人の鍵で署名されています。\n"
                  "# Each person's statement (JSON) names these digests and the decision, and is signed with "
                  "that person's key.\n";
        }
        each += oneStatement(s, *statement);
    }
    return text + each
        + "\n# 陳述の役割、判断、期限(role, decision, validUntil)を読み、verify/body.pdf "
          "を開いて見てください。\n"
          "# Now read role, decision and validUntil in the statements, and look at verify/body.pdf.\necho "
          "OK\n";
}

} // namespace tenken
