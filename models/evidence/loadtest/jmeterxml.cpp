// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/format.h>
#include <evidence/loadtest/jtlsamples.h>
#include <evidence/loadtest/requestformats.h>
#include <evidence/loadtest/rows.h>

#include <expat.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <span>

// JMeter's JTL as XML. Samples may hold samples: the inner ones are the requests, and the outer one (a
// transaction controller, a page with its resources) sums them up, so only samples without samples count.
// What expat cannot read is left out up to the next sample.

namespace tenken
{

namespace
{

constexpr int deepestElement = 500; ///< expat remembers each of them
constexpr qint64 longestToken = 8 * 1024 * 1024; ///< expat keeps it until it is whole

bool isSample(const char *name)
{
    const std::string_view text(name);
    return text == "httpSample" || text == "sample" || text == "sampleResult";
}

qint64 byteIndex(XML_Parser parser)
{
#if XML_MAJOR_VERSION == 2 && XML_MINOR_VERSION < 9
    return XML_GetCurrentByteIndex(parser);
#else
    return XML_GetCurrentByteIndex64(parser);
#endif
}

/// Feeds expat, and begins anew where it gives up.
class JtlXmlReader
{
public:
    explicit JtlXmlReader(LineReader &lines) : m_lines(lines) {}
    Result<LoadTestRun> read();

private:
    using Parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)>;
    static void onStart(void *self, const char *name, const char **attributes);
    static void onEnd(void *self, const char *name);
    static void onDoctype(void *self, const char *, const char *, const char *, int);
    static void onDeclaration(void *self, const char *, const char *encoding, int);
    static int onEncoding(void *, const char *, XML_Encoding *encoding);

    void prepare();
    void restart();
    void feed(std::string_view bytes);
    bool seekSample(std::string_view &bytes);

    LineReader &m_lines;
    Parser m_parser{XML_ParserCreate(nullptr), &XML_ParserFree};
    JtlSamples m_samples;
    std::string m_encoding; ///< that the file declares
    std::string m_tail; ///< while seeking: the end of the bytes before
    qint64 m_fed = 0; ///< bytes since the parser began
    int m_depth = 0; ///< elements that are open
    bool m_seeking = false;
    bool m_closed = false; ///< the root element has ended
    bool m_doctype = false;
};

void JtlXmlReader::onStart(void *self, const char *name, const char **attributes)
{
    auto *reader = static_cast<JtlXmlReader *>(self);
    if (++reader->m_depth > deepestElement)
        XML_StopParser(reader->m_parser.get(), XML_FALSE);
    else if (isSample(name))
        reader->m_samples.open(attributes);
}

void JtlXmlReader::onEnd(void *self, const char *name)
{
    auto *reader = static_cast<JtlXmlReader *>(self);
    reader->m_closed = --reader->m_depth == 0;
    if (isSample(name))
        reader->m_samples.close();
}

// No JTL has one; entities that it defines could grow without end.
void JtlXmlReader::onDoctype(void *self, const char *, const char *, const char *, int)
{
    auto *reader = static_cast<JtlXmlReader *>(self);
    reader->m_doctype = true;
    XML_StopParser(reader->m_parser.get(), XML_FALSE);
}

void JtlXmlReader::onDeclaration(void *self, const char *, const char *encoding, int)
{
    if (encoding)
        static_cast<JtlXmlReader *>(self)->m_encoding = std::string_view(encoding).substr(0, 40);
}

/// Encodings that expat does not know (Shift_JIS) keep ASCII as it is: enough for all but names.
int JtlXmlReader::onEncoding(void *, const char *, XML_Encoding *encoding)
{
    for (int i = 0; i < 256; ++i)
        encoding->map[i] = i < 128 ? i : 0xfffd;
    encoding->data = nullptr;
    encoding->convert = nullptr;
    encoding->release = nullptr;
    return XML_STATUS_OK;
}

void JtlXmlReader::prepare()
{
    XML_Parser parser = m_parser.get();
    XML_SetUserData(parser, this);
    XML_SetElementHandler(parser, onStart, onEnd);
    XML_SetStartDoctypeDeclHandler(parser, onDoctype);
    XML_SetXmlDeclHandler(parser, onDeclaration);
    XML_SetUnknownEncodingHandler(parser, onEncoding, nullptr);
}

void JtlXmlReader::restart()
{
    static constexpr std::string_view root = "<testResults>";
    m_samples.forget();
    XML_ParserReset(m_parser.get(), m_encoding.empty() ? nullptr : m_encoding.c_str());
    prepare();
    m_depth = 0;
    m_closed = false;
    XML_Parse(m_parser.get(), root.data(), int(root.size()), XML_FALSE);
    m_fed = qint64(root.size());
}

/// Moves on to the next sample; false when there is none in these bytes.
bool JtlXmlReader::seekSample(std::string_view &bytes)
{
    static constexpr std::string_view starts[] = {"<httpSample ", "<sample ", "<sampleResult "};
    constexpr size_t longestStart = 14;
    const std::string joined = m_tail + std::string(bytes.substr(0, longestStart));
    for (const bool inJoined : {true, false}) {
        const std::string_view text = inJoined ? std::string_view(joined) : bytes;
        size_t at = std::string_view::npos;
        for (const std::string_view start : starts)
            at = std::min(at, text.find(start));
        if (at == std::string_view::npos)
            continue;
        const size_t known = inJoined ? m_tail.size() : 0;
        restart();
        if (at < known) // its beginning stands in the bytes before
            XML_Parse(m_parser.get(), joined.data() + at, int(known - at), XML_FALSE);
        m_fed += at < known ? qint64(known - at) : 0;
        bytes.remove_prefix(at < known ? 0 : at - known);
        m_tail.clear();
        return true;
    }
    m_tail += bytes;
    m_tail.erase(0, m_tail.size() - std::min(m_tail.size(), longestStart - 1));
    return false;
}

void JtlXmlReader::feed(std::string_view bytes)
{
    while (!bytes.empty() && !m_doctype) {
        const bool sought = std::exchange(m_seeking, false);
        if (sought && !seekSample(bytes)) {
            m_seeking = true;
            return;
        }
        if (XML_Parse(m_parser.get(), bytes.data(), int(bytes.size()), XML_FALSE) == XML_STATUS_OK) {
            m_fed += qint64(bytes.size());
            if (m_fed - byteIndex(m_parser.get()) < longestToken)
                return;
            bytes.remove_prefix(bytes.size() - 1);
        }
        // A second document behind the first is no damage: results are appended to a file that exists.
        if (!m_closed)
            m_samples.skip();
        const qint64 at = byteIndex(m_parser.get()) - m_fed;
        // What expat cannot read may be the next sample, inside of one that was never finished.
        bytes.remove_prefix(size_t(std::clamp<qint64>(at, sought ? 1 : 0, qint64(bytes.size()))));
        m_seeking = true;
        m_tail.clear();
    }
}

/// XML may not hold them; answers and messages do all the same. Eight bytes are looked at together.
void replaceControls(std::span<char> bytes)
{
    constexpr quint64 each = 0x0101010101010101, high = each * 0x80;
    const auto replace = [](char &c) {
        if (quint8(c) < 0x20 && c != '\n' && c != '\t' && c != '\r')
            c = ' ';
    };
    size_t at = 0;
    for (; at + 8 <= bytes.size(); at += 8) {
        quint64 word;
        std::memcpy(&word, bytes.data() + at, 8);
        if (((word - each * 0x20) & ~word & high) == 0) // none below 0x20
            continue;
        std::ranges::for_each(bytes.subspan(at, 8), replace);
    }
    std::ranges::for_each(bytes.subspan(at), replace);
}

Result<LoadTestRun> JtlXmlReader::read()
{
    constexpr size_t chunk = 128 * 1024;
    const auto buffer = std::make_unique<char[]>(chunk);
    prepare();
    bool begun = false;
    while (const size_t got = m_lines.readBytes(buffer.get(), chunk)) {
        replaceControls({buffer.get(), got});
        std::string_view bytes(buffer.get(), got);
        if (!begun) { // blank lines may stand before the declaration
            bytes.remove_prefix(std::min(bytes.size(), bytes.find_first_not_of(" \t\r\n")));
            begun = !bytes.empty();
        }
        feed(bytes);
    }
    if (m_doctype) {
        return failure(
            {{},
             {},
             {QStringLiteral("XML に DOCTYPE があります。JMeter の結果にはないため、読みません。"),
              QStringLiteral("The XML has a DOCTYPE, which no JMeter result has; it is not read.")},
             {QStringLiteral("DOCTYPE を取り除いてください。"), QStringLiteral("Remove the DOCTYPE.")}});
    }
    LoadTestRun run = m_samples.finish();
    if (m_samples.isOpen() || !m_closed) {
        run.cutOff = true;
        run.remarks.push_back(
            {QStringLiteral(
                 "</testResults> "
                 "がありません。途中で切れているか、試験がまだ続いています。そこまでを読みました。"),
             QStringLiteral(
                 "</testResults> is missing: the file is cut off or the test still runs; everything before "
                 "that was read.")});
    }
    return run;
}

} // namespace

bool isJmeterXml(std::string_view head)
{
    const size_t begin = head.find_first_not_of(" \t\r\n");
    return begin != std::string_view::npos && head[begin] == '<'
        && head.find("<testResults") != std::string_view::npos;
}

Result<LoadTestRun> readJmeterXml(LineReader &lines)
{
    return JtlXmlReader(lines).read();
}

} // namespace tenken
