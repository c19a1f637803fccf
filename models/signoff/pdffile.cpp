// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/pdffile.h>

#include <QSet>

#include <algorithm>
#include <functional>
#include <zlib.h>

namespace tenken {

namespace {

constexpr int mostObjects = 500'000, mostEntries = 2'000'000, mostSections = 200, mostPages = 10'000,
              mostRevisions = 48;
constexpr qsizetype largestAttachment = 64 * 1024 * 1024;

std::unexpected<Problem> broken(const Text &what)
{
    return failure(
        {{},
         {},
         Text{"PDF の構造を読めません(%1)。", "The PDF's structure cannot be read (%1)."}.arg(what),
         {}});
}

std::optional<QByteArray> inflated(const QByteArray &bytes)
{
    z_stream z{};
    if (inflateInit(&z) != Z_OK)
        return std::nullopt;
    z.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.constData()));
    z.avail_in = uInt(bytes.size());
    QByteArray out;
    int code = Z_OK;
    while (code == Z_OK && out.size() <= largestAttachment) {
        const qsizetype before = out.size();
        out.resize(before + 64 * 1024);
        z.next_out = reinterpret_cast<Bytef *>(out.data() + before);
        z.avail_out = 64 * 1024;
        code = inflate(&z, Z_NO_FLUSH);
        out.resize(before + 64 * 1024 - z.avail_out);
    }
    inflateEnd(&z);
    return code == Z_STREAM_END ? std::optional(out) : std::nullopt;
}

bool skipWord(QByteArrayView bytes, qsizetype &at, const char *word)
{
    skipPdfSpace(bytes, at);
    if (!bytes.sliced(std::min(at, bytes.size())).startsWith(word))
        return false;
    at += qsizetype(qstrlen(word));
    return true;
}

} // namespace

Result<PdfFile> PdfFile::read(const QByteArray &bytes, qsizetype end)
{
    if (bytes.size() > largestPdf)
        return broken({"大きすぎます", "it is too large"});
    if (!bytes.startsWith("%PDF-"))
        return failure({{}, {}, {"PDF ではありません。", "This is not a PDF."}, {}});
    PdfFile file;
    file.m_bytes = end < 0 ? bytes : bytes.first(std::min(end, bytes.size()));
    const qsizetype mark = file.m_bytes.lastIndexOf("startxref");
    qsizetype at = mark + 9;
    skipPdfSpace(file.m_bytes, at);
    const auto start = mark < 0 ? std::nullopt : readPdfInteger(file.m_bytes, at);
    if (!start)
        return broken({"相互参照表の位置がありません", "it does not say where its table is"});
    file.m_startXref = *start;
    if (auto read = file.readSections(); !read)
        return failure(read.error());
    return file;
}

Result<void> PdfFile::readSections()
{
    QSet<qint64> seen;
    for (qint64 at = m_startXref; !seen.contains(at) && seen.size() < mostSections;) {
        seen.insert(at);
        PdfValue trailer;
        if (at >= m_bytes.size() || !readSection(at, trailer))
            return broken({"相互参照表", "its table of objects"});
        if (trailer.find("Encrypt"))
            return broken({"暗号化", "it is encrypted"});
        if (m_trailer.kind == PdfValue::Kind::Null)
            m_trailer = trailer;
        const PdfValue *previous = trailer.find("Prev");
        if (!previous) {
            const PdfValue *size = m_trailer.find("Size");
            const qint64 next = size ? size->integer().value_or(0) : 0;
            if (next < 1 || next > mostObjects)
                return broken({"Size", "Size"});
            m_next = int(next);
            return {};
        }
        at = previous->integer().value_or(-1);
        if (at < 0)
            break;
    }
    return broken({"相互参照表が輪になっています", "its tables run in a circle"});
}

bool PdfFile::readSection(qsizetype at, PdfValue &trailer)
{
    const QByteArrayView bytes = m_bytes;
    if (!skipWord(bytes, at, "xref"))
        return false;
    while (!skipWord(bytes, at, "trailer")) {
        const auto first = readPdfInteger(bytes, at);
        skipPdfSpace(bytes, at);
        const auto count = first ? readPdfInteger(bytes, at) : std::nullopt;
        if (!count || *first > mostObjects || *count > mostObjects || *first + *count > mostObjects
            || (m_entries += *count) > mostEntries)
            return false;
        for (qint64 i = 0; i < *count; ++i) {
            skipPdfSpace(bytes, at);
            const auto offset = readPdfInteger(bytes, at);
            skipPdfSpace(bytes, at);
            const auto generation = offset ? readPdfInteger(bytes, at) : std::nullopt;
            skipPdfSpace(bytes, at);
            if (!generation || at >= bytes.size() || (bytes[at] != 'n' && bytes[at] != 'f'))
                return false;
            // The latest section is read first; what it frees is gone.
            if (const int number = int(*first + i); !m_offsets.contains(number))
                m_offsets.insert(number, bytes[at] == 'n' && *generation == 0 ? *offset : -1);
            ++at;
        }
    }
    const auto value = readPdfValue(bytes, at);
    if (!value || value->kind != PdfValue::Kind::Dictionary || value->find("XRefStm"))
        return false;
    trailer = *value;
    return true;
}

std::optional<PdfValue> PdfFile::valueOf(int number, qsizetype &at) const
{
    const QByteArrayView bytes = m_bytes;
    at = m_offsets.value(number, -1);
    if (at < 0 || at >= bytes.size())
        return std::nullopt;
    skipPdfSpace(bytes, at);
    const auto own = readPdfInteger(bytes, at);
    if (own != number || !skipWord(bytes, at, "0") || !skipWord(bytes, at, "obj"))
        return std::nullopt;
    return readPdfValue(bytes, at);
}

std::optional<qint64> PdfFile::numberIn(int object) const
{
    qsizetype at = 0;
    const auto value = valueOf(object, at);
    return value ? value->integer() : std::nullopt;
}

Result<PdfObject> PdfFile::object(int number) const
{
    const Text named = Text{"オブジェクト %1", "object %1"}.arg(number);
    const QByteArrayView bytes = m_bytes;
    qsizetype at = 0;
    auto value = valueOf(number, at);
    if (!value)
        return broken(named);
    PdfObject object{std::move(*value)};
    if (object.value.kind != PdfValue::Kind::Dictionary || !skipWord(bytes, at, "stream"))
        return object;
    if (bytes.sliced(at).startsWith("\r\n"))
        at += 2;
    else if (bytes.sliced(at).startsWith("\n"))
        at += 1;
    const PdfValue *length = object.value.find("Length");
    std::optional<qint64> size = length ? length->integer() : std::nullopt;
    if (length && length->kind == PdfValue::Kind::Reference)
        size = numberIn(length->object);
    if (!size || *size < 0 || *size > bytes.size() - at)
        return broken(named);
    qsizetype after = at + *size;
    if (!skipWord(bytes, after, "endstream"))
        return broken(named);
    object.isStream = true;
    object.stream = m_bytes.sliced(at, *size);
    return object;
}

Result<PdfObject> PdfFile::resolved(const PdfValue &value) const
{
    return value.kind == PdfValue::Kind::Reference ? object(value.object)
                                                   : Result<PdfObject>(PdfObject{value});
}

Result<PdfValue> PdfFile::dictionary(const PdfValue &value) const
{
    auto found = resolved(value);
    if (!found)
        return failure(found.error());
    if (found->value.kind != PdfValue::Kind::Dictionary)
        return broken({"辞書", "a dictionary"});
    return std::move(found->value);
}

Result<QByteArray> PdfFile::content(const PdfObject &stream) const
{
    const PdfValue *filter = stream.value.find("Filter");
    if (!stream.isStream || (filter && (!filter->isName("FlateDecode") || stream.value.find("DecodeParms"))))
        return broken({"ストリームの圧縮", "a stream's packing"});
    if (!filter)
        return stream.stream;
    auto bytes = inflated(stream.stream);
    if (!bytes)
        return broken({"ストリームの圧縮", "a stream's packing"});
    return *std::move(bytes);
}

Result<PdfValue> PdfFile::catalog() const
{
    const PdfValue *root = m_trailer.find("Root");
    return root ? dictionary(*root) : Result<PdfValue>(broken({"Root", "Root"}));
}

Result<std::vector<int>> PdfFile::pages() const
{
    const auto root = catalog();
    if (!root)
        return failure(root.error());
    std::vector<int> found;
    QSet<int> seen;
    const std::function<bool(const PdfValue &, int)> walk = [&](const PdfValue &node, int depth) {
        if (node.kind != PdfValue::Kind::Reference || depth > 20 || seen.contains(node.object)
            || seen.size() > mostPages)
            return false;
        seen.insert(node.object);
        const auto value = dictionary(node);
        if (!value)
            return false;
        if (const PdfValue *type = value->find("Type"); type && type->isName("Page")) {
            found.push_back(node.object);
            return true;
        }
        const PdfValue *kids = value->find("Kids");
        return kids && kids->kind == PdfValue::Kind::Array
            && std::ranges::all_of(kids->items, [&](const PdfValue &kid) { return walk(kid, depth + 1); });
    };
    const PdfValue *pages = root->find("Pages");
    if (!pages || !walk(*pages, 0))
        return broken({"ページの一覧", "its pages"});
    return found;
}

std::vector<qsizetype> pdfRevisions(const QByteArray &bytes)
{
    std::vector<qsizetype> ends;
    for (qsizetype at = bytes.size(); int(ends.size()) < mostRevisions && at > 0;) {
        at = bytes.lastIndexOf("%%EOF", at - 1);
        if (at < 0)
            break;
        qsizetype end = at + 5;
        if (bytes.sliced(end).startsWith("\r\n"))
            end += 2;
        else if (end < bytes.size() && (bytes[end] == '\n' || bytes[end] == '\r'))
            end += 1;
        ends.push_back(end);
    }
    return ends;
}

} // namespace tenken
