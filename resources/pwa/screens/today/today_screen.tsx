export default function TodayScreen() {
  return <h1>MedInfo</h1>
}
