package format

import (
	"strings"
	"sync"
)

// dateWord is a word that may stand in a date: the name of a month, or one that
// adds nothing (month is 0), such as a weekday.
type dateWord struct{ month int }

// monthNames are the names and short names of the months, lower case, in the
// forms that dates use: English, German, French, Spanish, Italian, Portuguese,
// Dutch, Polish, Czech, Russian, Ukrainian, Turkish, Romanian, Hungarian,
// Swedish, Danish, Norwegian, Finnish, Greek, Indonesian and Arabic.
var monthNames = [12]string{
	"jan january januar jän jänner janvier janv enero ene gennaio gen janeiro januari stycznia styczeń sty ledna leden led " +
		"января январь янв січня січень січ ocak oca ianuarie ian január tammikuu tammikuuta ιανουαρίου ιανουάριος ιαν يناير",
	"feb february februar feber février fevrier févr fevr fév febrero febbraio fevereiro fev februari lutego luty lut února únor úno " +
		"февраля февраль фев лютого лютий лют şubat şub februarie február helmikuu helmikuuta φεβρουαρίου φεβρουάριος φεβ فبراير",
	"mar march märz maerz mär mrz mars marzo março marco maart mrt marca marzec března březen bře " +
		"марта март мар березня березень бер mart martie március márc maaliskuu maaliskuuta μαρτίου μάρτιος μαρ maret marts مارس",
	"apr april avril avr abril abr aprile kwietnia kwiecień kwi dubna duben dub " +
		"апреля апрель апр квітня квітень кві nisan nis aprilie április ápr huhtikuu huhtikuuta απριλίου απρίλιος απρ أبريل ابريل",
	"may mai mayo maggio mag maio mei maja maj května květen kvě " +
		"мая май травня травень тра mayıs május máj toukokuu toukokuuta μαΐου μαΐος μαι مايو",
	"jun june juni juin junio giugno giu junho czerwca czerwiec cze června červen čvn " +
		"июня июнь июн червня червень чер haziran haz iunie iun június jún kesäkuu kesäkuuta ιουνίου ιούνιος ιουν يونيو",
	"jul july juli juillet juil julio luglio lug julho lipca lipiec lip července červenec čvc " +
		"июля июль июл липня липень лип temmuz tem iulie iul július júl heinäkuu heinäkuuta ιουλίου ιούλιος ιουλ يوليو",
	"aug august août aout agosto ago augustus augusti sierpnia sierpień sie srpna srpen srp " +
		"августа август авг серпня серпень сер ağustos ağu augusztus elokuu elokuuta αυγούστου αύγουστος αυγ agustus agu أغسطس اغسطس",
	"sep sept september septembre septiembre setiembre settembre set setembro września wrzesień wrz září zář " +
		"сентября сентябрь сен сент вересня вересень вер eylül eyl septembrie szeptember szept syyskuu syyskuuta σεπτεμβρίου σεπτέμβριος σεπ سبتمبر",
	"oct october oktober okt octobre octubre ottobre ott outubro out października październik paź října říjen říj " +
		"октября октябрь окт жовтня жовтень жов ekim eki octombrie október lokakuu lokakuuta οκτωβρίου οκτώβριος οκτ أكتوبر اكتوبر",
	"nov november novembre noviembre novembro listopada listopad lis listopadu " +
		"ноября ноябрь ноя нояб листопада листопад лис kasım kas noiembrie noi marraskuu marraskuuta νοεμβρίου νοέμβριος νοε نوفمبر",
	"dec december dezember dez décembre decembre déc diciembre dic dicembre dezembro grudnia grudzień gru prosince prosinec pro " +
		"декабря декабрь дек грудня грудень гру aralık ara decembrie joulukuu joulukuuta δεκεμβρίου δεκέμβριος δεκ desember des ديسمبر",
}

// fillers are other words that stand in dates: weekdays, then small words.
const fillers = "mon monday tue tues tuesday wed weds wednesday thu thur thurs thursday fri friday sat saturday sun sunday " +
	"montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so " +
	"lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim " +
	"lunes martes miércoles jueves viernes sábado domingo mié mie jue vie sáb dom " +
	"lunedì martedì mercoledì giovedì venerdì sabato domenica gio sab segunda terça quarta quinta sexta feira seg ter qua qui sex " +
	"maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo " +
	"poniedziałek wtorek środa czwartek piątek sobota niedziela pon wt śr czw pt sob niedz pondělí úterý středa čtvrtek pátek neděle " +
	"понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс " +
	"понеділок середа пʼятниця субота неділя нд pazartesi salı çarşamba perşembe cuma cumartesi pazar " +
	"måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag " +
	"published publication posted updated last modified created date time on at of the and um am uhr den der le à a las los de del di da dos el " +
	"às às alle ore il op om kl klo o w v в о года год г р року year roku t z st nd rd th er ste eme ème e h " +
	"年 月 日 년 월 일 号 new"

// hourWords and minuteWords stand after the numbers of a clock.
var (
	hourWords   = []string{"h", "uhr", "時", "时", "点", "點", "시"}
	minuteWords = []string{"分", "분", "min"}
)

// zones are names of time zones with their offset in minutes. Names that stand
// for several zones (IST, CST of China) are not here, but for the US ones that
// RFC 822 defines; us marks those that say nothing of daylight saving time.
var zones = []struct {
	name   string
	offset int
	us     bool
}{
	{name: "z"}, {name: "gmt"}, {name: "utc"}, {name: "ut"}, {name: "wet"}, {name: "zulu"},
	{name: "est", offset: -300}, {name: "edt", offset: -240}, {name: "et", offset: -300, us: true},
	{name: "cst", offset: -360}, {name: "cdt", offset: -300}, {name: "ct", offset: -360, us: true},
	{name: "mst", offset: -420}, {name: "mdt", offset: -360}, {name: "mt", offset: -420, us: true},
	{name: "pst", offset: -480}, {name: "pdt", offset: -420}, {name: "akst", offset: -540}, {name: "akdt", offset: -480},
	{name: "hst", offset: -600}, {name: "adt", offset: -180}, {name: "brt", offset: -180}, {name: "clt", offset: -240},
	{name: "west", offset: 60}, {name: "bst", offset: 60}, {name: "cet", offset: 60},
	{name: "met", offset: 60}, {name: "mez", offset: 60},
	{name: "cest", offset: 120}, {name: "mest", offset: 120}, {name: "mesz", offset: 120}, {name: "eet", offset: 120},
	{name: "eest", offset: 180}, {name: "msk", offset: 180}, {name: "trt", offset: 180}, {name: "sast", offset: 120},
	{name: "cat", offset: 120}, {name: "eat", offset: 180}, {name: "wat", offset: 60}, {name: "pkt", offset: 300}, {name: "npt", offset: 345},
	{name: "wib", offset: 420}, {name: "ict", offset: 420}, {name: "hkt", offset: 480}, {name: "sgt", offset: 480}, {name: "myt", offset: 480},
	{name: "awst", offset: 480}, {name: "jst", offset: 540}, {name: "kst", offset: 540}, {name: "acst", offset: 570}, {name: "aest", offset: 600},
	{name: "aedt", offset: 660}, {name: "nzst", offset: 720}, {name: "nzdt", offset: 780},
}

// dateWords is built at the first date that is not in ISO 8601: most runs never
// need it.
var dateWords = sync.OnceValue(func() map[string]dateWord {
	words := map[string]dateWord{}
	for _, w := range strings.Fields(fillers) {
		words[w] = dateWord{}
	}
	for i, names := range monthNames {
		for _, w := range strings.Fields(names) {
			words[w] = dateWord{i + 1}
		}
	}
	return words
})
