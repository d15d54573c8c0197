//! The few words of Firefox's translations that tell reasons apart where what stays untranslated does not. Stems between `|`, in lower
//! case as far as they are ASCII: other letters at the begin of a sentence are left out.

/// A redirect.
pub(super) const REDIRECT: &str = "redire|leitung|przekierow|omleiding|doorverw|přesměr|presmer|yönlendir|pengalihan|tirány|omdirig|videresend|\
    uudelleenoh|chuyển hướng|еренаправ|пренасоч|преусмер|リダイレクト|重定向|重導|重新導向|리다이렉트|리디렉|ανακατε|إعادة|הפני|\
    تغییر مسیر|เปลี่ยนเส้นทาง";

/// The preflight, or its answer.
pub(super) const PREFLIGHT: &str = "preflight|préflight|pre-flight|prevuelo|verificación previa|comprobación previa|respuesta cors|comprovação|\
    pré-v|pré-conex|preliminar|předběž|predbež|prelet|praluncur|elővizsg|előzetes|ön kontrol|öndenet|ön uçuş|\
    wstępn|förhand|forhånd|esitarkist|esilen|редварит|опередн|プリフライト|预检|預檢|사전|προέλεγ|προκαταρκ";

/// Several headers where one is allowed.
pub(super) const MULTIPLE: &str = "multip|múltip|molteplic|mehrere|nur ein|plusieurs|vários|várias|wiele|wielokrotn|więcej|meerdere|vícenás|\
    několik|viacnás|birden|nhiều|több|flera|flere|useita|useampi|есколько|ислен|ілька|複数|多个|多個|多重|여러|πολλαπλ|\
    متعدد";

/// Switched off.
pub(super) const DISABLED: &str = "disabled|deaktivier|désactiv|desactiv|deshabilit|desativ|desabilit|disattiv|disabilit|wyłączon|uitgeschakeld|\
    vypnut|zakázan|devre dışı|vô hiệu|dinonaktif|letiltva|inaktiver|deaktiver|тключ|имкн|無効|禁用|停用|未启用|비활성|απενεργ";

/// A header that is not there.
pub(super) const MISSING: &str = "missing|not present|fehlt|manqu|falta|ausente|não está presente|no está presente|mancante|manca|brak|\
    ontbreekt|chybí|chýba|eksik|thiếu|tidak ada|hilang|hiányz|saknas|mangler|puuttuu|тсутств|ідсутн|липсва|足りない|\
    ない|不足|存在しません|欠落|缺少|缺失|없음|없습니다|누락|λείπει|lipse";

/// Nothing came of it.
pub(super) const FAILED: &str = "did not succ|request failed|unsuccessful|fehl|nicht erfolgreich|chec d|chou|sin éxito|tuvo éxito|\
    no exitosa|fall|falha|falhou|não teve|não foi bem|riuscita|fallita|nieudan|nie powiod|niet gelukt|mislukt|\
    spěš|speš|başarısız|başarılı ol|không thành công|tidak berhasil|gagal|sikertelen|misslyck|mislykk|mislyk|\
    epäonn|е удалось|еудач|е вда|евдач|成功|失敗|失败|실패|απέτυχε|eșuat";
