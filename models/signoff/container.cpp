// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/container.h>

#include <evidence/files.h>
#include <signoff/frozen.h>
#include <signoff/pdfupdate.h>
#include <signoff/sheet.h>
#include <signoff/sshkeygen.h>

#include <QRegularExpression>

#include <algorithm>
#include <set>

namespace tenken {

namespace {

constexpr size_t mostStatements = 64;

const QByteArray *fileIn(const std::vector<PdfAttachment> &files, const QByteArray &name)
{
    const auto found = std::ranges::find(files, name, &PdfAttachment::name);
    // Of two by the same name, each reader would take the one it likes.
    if (found == files.end() || std::ranges::count(files, name, &PdfAttachment::name) > 1)
        return nullptr;
    return &found->bytes;
}

std::vector<SignedStatement> statementsIn(const std::vector<PdfAttachment> &files)
{
    static const QRegularExpression pattern(QStringLiteral("\\A[a-z0-9-]{1,40}-[0-9a-f]{8}\\.json\\z"));
    std::vector<SignedStatement> found;
    for (const PdfAttachment &file : files) {
        if (!pattern.match(QString::fromUtf8(file.name)).hasMatch() || found.size() >= mostStatements)
            continue;
        const QByteArray *signature = fileIn(files, file.name + ".sig");
        const QByteArray *box = fileIn(files, file.name.chopped(5) + ".pdf");
        found.push_back({file.bytes, signature ? *signature : QByteArray(), box ? *box : QByteArray()});
    }
    return found;
}

/// How many bytes of the file the statements are over: what one of them names rightly, else what the first
/// says.
qsizetype bodyLength(const QByteArray &file, const std::vector<SignedStatement> &statements)
{
    qsizetype first = -1;
    std::set<qsizetype> tried;
    for (const SignedStatement &s : statements) {
        const auto statement = readStatement(s.statement);
        const Subject *body = statement ? statement->find(subject::body) : nullptr;
        if (!body || body->length <= 0 || body->length > file.size() || !tried.insert(body->length).second)
            continue;
        if (first < 0)
            first = body->length;
        if (sha256Hex(file.first(body->length)) == body->digest)
            return body->length;
    }
    return first;
}

void sortByTime(std::vector<SignedStatement> &statements)
{
    const auto key = [](const SignedStatement &s) {
        const auto read = readStatement(s.statement);
        return std::pair(read ? read->signedAt.toMSecsSinceEpoch() : 0, sha256Hex(s.statement + s.signature));
    };
    std::ranges::sort(statements, {}, key);
}

} // namespace

QByteArray SignedStatement::stem() const
{
    const auto read = readStatement(statement);
    return (read ? read->role.toLatin1() : QByteArray("unreadable")) + '-' + sha256Hex(statement).left(8);
}

const QByteArray *SignedDocument::bodyFile(const QByteArray &name) const { return fileIn(bodyFiles, name); }
bool SignedDocument::bodyFilesAreSound() const
{
    return std::ranges::all_of(bodyFiles, &PdfAttachment::sound);
}

const QByteArray *SignedDocument::shownFile(const QByteArray &name) const { return fileIn(shownFiles, name); }

Result<SignedDocument> readContainer(const QByteArray &file)
{
    SignedDocument c;
    Problem first;
    bool read = false;
    // Somebody may have appended what Tenken cannot read: the sign-off lies in an earlier state of the file
    // then.
    for (const qsizetype end : pdfRevisions(file)) {
        const auto pdf = PdfFile::read(file, end);
        auto files = pdf ? pdf->attachments() : Result<std::vector<PdfAttachment>>(failure(pdf.error()));
        if (!files) {
            if (first.message.isEmpty())
                first = files.error();
            continue;
        }
        if (!read) {
            c.shownFiles = *files;
            c.shownReadable = end == file.size();
        }
        read = true;
        c.statements = statementsIn(*files);
        if (!c.statements.empty())
            break;
    }
    if (!read) {
        const auto why = PdfFile::read(file);
        return failure(why ? first : why.error());
    }
    const qsizetype length = bodyLength(file, c.statements);
    c.body = length > 0 ? file.first(length) : file;
    if (const auto body = PdfFile::read(c.body)) {
        if (auto files = body->attachments())
            c.bodyFiles = *std::move(files);
    }
    const auto again = c.statements.empty() ? Result<QByteArray>(file) : assemble(c.body, c.statements);
    if (again && *again != file && !c.statements.empty())
        c.seal = readSeal(file, *again);
    c.altered = !again || (*again != file && !c.seal);
    sortByTime(c.statements);
    return c;
}

namespace {

std::vector<PdfUpdate::Attachment> attachmentsOf(const std::vector<SignedStatement> &statements)
{
    std::vector<PdfUpdate::Attachment> files;
    for (const SignedStatement &s : statements) {
        const QByteArray stem = s.stem();
        files.push_back({stem + ".json", "application/json", "in-toto statement", s.statement});
        files.push_back(
            {stem + ".json.sig", "text/plain", "OpenSSH signature of the statement", s.signature});
        files.push_back({stem + ".pdf", "application/pdf", "Its box on the sign-off page", s.box});
    }
    files.push_back(
        {"VERIFY.txt", "text/plain", "How to check this document without Tenken", verifyText(statements)});
    return files;
}

/// The head of the body's own sign-off page, to stand over the boxes; nothing where it cannot be taken.
std::optional<int> headOf(PdfUpdate &update)
{
    const auto pages = update.file().pages();
    const auto files = update.file().attachments();
    const QByteArray *review = files ? fileIn(*files, "review.json") : nullptr;
    const auto frozen = review ? readFrozen(*review) : Result<Frozen>(failure({}));
    if (!pages || !frozen)
        return std::nullopt;
    int boxes = 0;
    for (const SignOffRole &role : frozen->rule.roles)
        boxes += role.people;
    const qsizetype index = qsizetype(pages->size()) - sheet::pagesFor(boxes);
    if (index < 0)
        return std::nullopt;
    const double bottom = sheet::pageHeight - sheet::headTop - sheet::headHeight;
    const auto head = update.reusePage((*pages)[size_t(index)], 0, bottom, sheet::pageWidth,
                                       sheet::headTop + sheet::headHeight - sheet::headFrom);
    return head ? std::optional(*head) : std::nullopt;
}

Result<void> addBoxes(PdfUpdate &update, const std::vector<SignedStatement> &statements)
{
    const auto head = headOf(update);
    std::vector<PdfUpdate::Placed> placed;
    for (int i = 0; i < int(statements.size()); ++i) {
        if (placed.empty() && head)
            placed.push_back({*head, 0, 0});
        const auto box = PdfFile::read(statements[size_t(i)].box);
        const auto pages = box ? box->pages() : Result<std::vector<int>>(failure(box.error()));
        if (!pages || pages->size() != 1)
            return failure({{}, {}, {"署名の枠を読めません。", "A signature's box cannot be read."}, {}});
        const auto drawing = update.importPage(*box, pages->front(), sheet::boxWidth, sheet::boxHeight);
        if (!drawing)
            return failure(drawing.error());
        placed.push_back(
            {*drawing, sheet::boxLeft(i), sheet::pageHeight - sheet::boxTop(i) - sheet::boxHeight});
        if ((i + 1) % sheet::perPage != 0 && i + 1 < int(statements.size()))
            continue;
        if (auto added = update.addPage(sheet::pageWidth, sheet::pageHeight, placed); !added)
            return added;
        placed.clear();
    }
    return {};
}

} // namespace

namespace {

/// Who signs twice within a second says the same twice, perhaps with another signature: once is enough, and
/// their files would carry the same names.
void keepOnce(std::vector<SignedStatement> &statements)
{
    std::vector<SignedStatement> once;
    for (SignedStatement &s : statements) {
        const auto same = std::ranges::find(once, s.statement, &SignedStatement::statement);
        if (same == once.end())
            once.push_back(std::move(s));
        else if (s.signature < same->signature)
            *same = std::move(s);
    }
    statements = std::move(once);
}

} // namespace

Result<QByteArray> assemble(const QByteArray &body, std::vector<SignedStatement> statements)
{
    auto file = PdfFile::read(body);
    if (!file)
        return failure(file.error());
    if (statements.size() > mostStatements)
        return failure({{},
                        {},
                        Text{"署名が %1 を超えています。", "There are more than %1 signatures."}.arg(
                            int(mostStatements)),
                        {}});
    sortByTime(statements);
    keepOnce(statements);
    PdfUpdate update(*std::move(file));
    if (auto added = addBoxes(update, statements); !added)
        return failure(added.error());
    if (auto attached = update.attach(attachmentsOf(statements)); !attached)
        return failure(attached.error());
    return update.save();
}

Problem alreadySealed()
{
    return {{}, {}, {"封印されているので、署名を加えられません。", "It is sealed, so no signature can be added."},
            {"封印する前の写しに署名し、最後に封印してください。", "Sign the copy that is not sealed, and seal last."}};
}

namespace {

/// Signed by the key that it names, with its own box. A copy from somebody else may hold the statement with a
/// signature that is none: it must not take the place of the real one.
bool isAuthentic(const SignedStatement &s)
{
    const auto statement = readStatement(s.statement);
    const Subject *box = statement ? statement->find(subject::box) : nullptr;
    return box && box->digest == sha256Hex(s.box)
        && sshVerify(s.statement, s.signature, statement->identity, statement->signedAt, {}).fingerprint
        == statement->keyFingerprint;
}

} // namespace

Result<QByteArray> mergedDocuments(const QByteArray &one, const QByteArray &other)
{
    const auto first = readContainer(one), second = readContainer(other);
    for (const auto *c : {&first, &second}) {
        if (!*c)
            return failure(c->error());
        if ((*c)->altered)
            return failure({{},
                            {},
                            {"署名の後に、署名でないものが加えられています。",
                             "Something that is no sign-off was appended after the signatures."},
                            {"`tenken verify` で確かめてください。", "See `tenken verify`."}});
        if ((*c)->seal)
            return failure(alreadySealed());
    }
    if (first->body != second->body)
        return failure(
            {{},
             {},
             {"二つは同じ文書の写しではありません。", "The two are no copies of the same document."},
             {"同じ書き出しから署名したものだけを合わせられます。",
              "Only copies signed from the same export can be merged."}});
    std::vector<SignedStatement> all = first->statements;
    for (const SignedStatement &s : second->statements) {
        const auto same = std::ranges::find(all, s.statement, &SignedStatement::statement);
        if (same == all.end())
            all.push_back(s);
        else if (*same != s && isAuthentic(s) && (!isAuthentic(*same) || s.signature < same->signature))
            *same = s;
    }
    return all.empty() ? Result<QByteArray>(one) : assemble(first->body, std::move(all));
}

} // namespace tenken
