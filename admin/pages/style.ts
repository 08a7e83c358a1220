/** What AdminJS' own theme leaves out: a visible focus, tables that scroll in their card, a menu that is gone when closed. */
export const STYLE = `
  .mi-card { background: #fff; padding: 24px; margin-bottom: 24px; }
  .mi-scroll { overflow-x: auto; }
  .mi-table { width: 100%; border-collapse: collapse; font-size: 14px; line-height: 20px; }
  .mi-table th, .mi-table td { text-align: left; padding: 12px; border-bottom: 1px solid #eeeeef; vertical-align: top; }
  .mi-table th { font-weight: 600; color: #454655; white-space: nowrap; }
  .mi-table td { overflow-wrap: break-word; min-width: 80px; max-width: 360px; }
  .mi-table time, .mi-table .mi-badge { white-space: nowrap; }
  .mi-table tbody tr:hover { background: #f8f9f9; }
  .mi-matrix { overflow: auto; max-height: calc(100vh - 128px); font-size: 14px; line-height: 20px; }
  .mi-matrix table { border-collapse: separate; border-spacing: 0; width: 100%; }
  .mi-matrix th, .mi-matrix td { padding: 8px 6px; border-bottom: 1px solid #dcdfe3; text-align: center;
    vertical-align: top; background: #fff; }
  .mi-matrix th:first-child { text-align: left; font-weight: normal; min-width: 200px; }
  .mi-matrix thead th { position: sticky; top: 0; z-index: 2; font-weight: 600; }
  .mi-matrix thead th:first-child { font-weight: 600; }
  .mi-matrix thead th:first-child { z-index: 3; }
  .mi-matrix thead a { font-weight: normal; color: #3040d6; white-space: nowrap; }
  .mi-matrix tbody th[scope=row] span { display: block; }
  .mi-matrix th[scope=row] strong, .mi-matrix th[scope=rowgroup] { font-weight: 600; }
  .mi-matrix th[scope=rowgroup] span { position: sticky; left: 6px; }
  .mi-link, .mi-table a { color: #3040d6; }
  .mi-badge { display: inline-block; padding: 2px 8px; border-radius: 4px; background: #e8ebfb; color: #1c2a8c; }
  .mi-text { white-space: pre-wrap; overflow-wrap: anywhere; }
  .mi-detail { display: flex; flex-wrap: wrap; gap: 4px 24px; padding: 12px 0; border-bottom: 1px solid #eeeeef;
    font-size: 14px; line-height: 20px; }
  .mi-detail dt { flex: 0 0 220px; color: #454655; }
  .mi-detail dd { flex: 1 1 240px; min-width: 0; color: #0c1e29; }
  .mi-row { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; }
  .mi-between { justify-content: space-between; }
  .mi-related { padding: 0 0 16px; }
  .mi-header { padding: 0 0 16px; }
  .mi-crumbs { font-size: 14px; line-height: 20px; color: #454655; }
  .mi-crumbs li { display: inline; overflow-wrap: anywhere; }
  .mi-crumbs li + li::before { content: ' / '; }
  .mi-title { font-size: 24px; line-height: 32px; padding: 8px 0; overflow-wrap: anywhere; }
  .mi-count { font-size: 14px; color: #454655; padding-left: 8px; }
  .mi-button { box-sizing: border-box; display: inline-flex; align-items: center; gap: 8px; min-height: 40px; padding: 4px 16px; font: inherit;
    font-size: 14px; line-height: 20px; border: 1px solid #767b85; border-radius: 4px; background: #fff; color: #0c1e29;
    cursor: pointer; text-decoration: none; }
  .mi-button:hover { background: #f2f2f2; }
  .mi-button[aria-disabled=true] { color: #6b6f76; cursor: default; }
  .mi-button.mi-danger { border-color: #c20012; color: #9d0616; }
  .mi-button.mi-primary { background: #3040d6; border-color: #3040d6; color: #fff; }
  .mi-file { position: relative; }
  .mi-file input { position: absolute; inset: 0; opacity: 0; font-size: 0; cursor: pointer; }
  .mi-file:focus-within { outline: 3px solid #3040d6; outline-offset: 2px; }
  .mi-button svg { flex-shrink: 0; }
  .mi-field { display: block; padding: 8px 0; font-size: 14px; line-height: 20px; border: 0; }
  .mi-field > span, .mi-field > legend { display: block; padding-bottom: 4px; color: #0c1e29; }
  .mi-label { font-weight: 600; }
  .mi-field > .mi-hint { display: block; padding-bottom: 4px; color: #454655; }
  .mi-problem { display: block; padding-bottom: 4px; color: #9d0616; }
  .mi-control { width: 100%; min-height: 40px; padding: 8px; font: inherit; font-size: 14px; box-sizing: border-box;
    border: 1px solid #767b85; border-radius: 4px; background: #fff; color: #0c1e29; }
  .mi-drawer { position: fixed; inset: 0 0 0 auto; width: min(400px, 100vw); height: 100%; max-height: 100%;
    max-width: 100vw; margin: 0; padding: 24px; border: 0; box-sizing: border-box; overflow-y: auto; background: #fff; }
  .mi-drawer::backdrop { background: rgba(12, 30, 41, 0.4); }
  .mi-bar { display: flex; align-items: center; justify-content: space-between; flex-shrink: 0; min-height: 64px;
    padding: 0 16px; background: #fff; border-bottom: 1px solid #eeeeef; }
  .mi-person { position: relative; margin-left: auto; }
  .mi-person > button { max-width: calc(100vw - 112px); border-color: transparent; overflow-wrap: anywhere; }
  .mi-menu { position: absolute; right: 0; top: 100%; min-width: 200px; padding: 8px 0; z-index: 60; background: #fff;
    box-shadow: 0 4px 16px rgba(69, 70, 85, 0.3); border-radius: 4px; }
  .mi-menu a, .mi-menu button { display: block; width: 100%; padding: 12px 16px; border: 0; background: none; font: inherit;
    font-size: 14px; line-height: 20px; text-align: left; color: #0c1e29; text-decoration: none; cursor: pointer;
    box-sizing: border-box; }
  .mi-menu a:hover, .mi-menu button:hover, .mi-nav a:hover { background: #f2f2f2; }
  .mi-nav { padding: 0 12px 16px; font-size: 14px; line-height: 20px; }
  .mi-nav h2 { padding: 10px 12px 2px; color: #454655; font-weight: 600; }
  .mi-nav a { display: flex; gap: 12px; padding: 8px 12px; border-radius: 4px; color: #0c1e29; text-decoration: none; }
  .mi-nav a.active { background: #e8ebfb; color: #1c2a8c; }
  .mi-page { padding: 24px; }
  .mi-greeting { padding: 0 0 16px; font-size: 14px; line-height: 20px; }
  .mi-subtitle { font-size: 18px; line-height: 24px; padding-bottom: 12px; }
  .mi-matter { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 12px; padding: 12px; margin-bottom: 8px; font-size: 14px;
    line-height: 20px; border-left: 4px solid #8a5a00; background: #fbf6ea; }
  .mi-matter.mi-urgent { border-color: #c20012; background: #f9e5e7; }
  .mi-matter .mi-link { flex: 1 1 200px; min-width: 0; padding: 2px 0; }
  .mi-charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(420px, 100%), 1fr)); gap: 0 24px; }
  .mi-charts .mi-card { min-width: 0; }
  .mi-charts .mi-wide { grid-column: 1 / -1; }
  .mi-charts summary { padding: 12px 0; cursor: pointer; font-size: 14px; }
  .mi-notices { position: fixed; top: 8px; left: 8px; right: 8px; max-width: 480px; margin: 0 auto; z-index: 2000; }
  .mi-notice { display: flex; gap: 12px; align-items: center; justify-content: space-between; margin-bottom: 8px;
    padding: 12px 16px; border-left: 4px solid #007d7f; background: #e5f2f2; color: #0c1e29; font-size: 14px;
    line-height: 20px; box-shadow: 0 4px 16px rgba(69, 70, 85, 0.3); }
  .mi-notice.mi-error { border-color: #c20012; background: #f9e5e7; }
  .mi-menu-button { display: none; }
  #app :focus-visible, dialog :focus-visible { outline: 3px solid #3040d6 !important; outline-offset: 2px; }
  #app h1:focus, #rotations-title:focus { outline: none !important; }
  #app .mi-card .adminjs_Label { color: #454655; }
  [data-css=app-content] { min-width: 0; }
  @media (max-width: 1023.98px) {
    .mi-menu-button { display: inline-flex; }
    [data-css=sidebar].hidden { visibility: hidden; }
  }
  @media (max-width: 576.98px) {
    .mi-card { padding: 12px; }
    .mi-header, .mi-related { padding: 12px; }
    .mi-page { padding: 0; }
    .mi-greeting { padding: 0 12px 12px; }
    .mi-matrix th:first-child { position: sticky; left: 0; z-index: 1; min-width: 132px; max-width: 132px;
      overflow-wrap: anywhere; }
    .mi-matrix tbody th[scope=row] span { display: none; }
    .mi-detail dt { flex-basis: 100%; }
    .mi-person .mi-menu { max-width: calc(100vw - 32px); }
  }
  @media (min-width: 1024px) {
    [data-css=sidebar] { position: static !important; }
    .mi-nav-close { display: none; }
  }
`
