import * as React from 'react'

interface Props {
  title: string
  name?: string
  address?: string
  phone?: string
  header?: string
}

/** How printed documents will begin. */
export function PaperHead({ title, name, address, phone, header }: Props) {
  return (
    <figure style={{ margin: '12px 0 0' }}>
      <figcaption style={{ fontSize: 14, color: '#454655', paddingBottom: 4 }}>{title}</figcaption>
      <div style={{ border: '1px solid #767b85', borderBottomStyle: 'dashed', padding: 16, maxWidth: 480 }}>
        <strong style={{ fontSize: 18, overflowWrap: 'anywhere' }}>{name}</strong>
        <div className="mi-text" style={{ fontSize: 14, lineHeight: '20px' }}>
          {[address, phone, header].filter((part) => part?.trim()).join('\n')}
        </div>
      </div>
    </figure>
  )
}
